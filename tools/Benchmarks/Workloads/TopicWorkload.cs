namespace LuceneLsr.Tools.Benchmarks.Workloads;

/// <summary>
/// Synthetic vectors with topics: 1,000 topics of 300 terms each, drawn with p(rank r) ~ 1 / (r + offset)^exponent over
/// 30,000 terms; a document takes 90 of its 128 terms from one or two topics, the topic's j-th term with p ~ 1 /
/// (j + 5), and the others as in <see cref="ZipfWorkload"/>; a query takes the 20 strongest terms of some document and
/// 12 of its topics. Weights are those of <see cref="ZipfWorkload"/>.
/// </summary>
internal sealed class TopicWorkload(int documents, int queries, double offset, double exponent) : IWorkload
{
    private const int Vocabulary = 30_000;
    private const int Topics = 1_000;
    private const int TermsOfTopic = 300;
    private const int TopicTermsOfDocument = 90;
    private const int DocumentTermsOfQuery = 20;
    private const int TopicTermsOfQuery = 12;
    private const int DocumentSeed = 1;
    private const int QuerySeed = 2;
    private const int TopicSeed = 3;

    private static readonly double[] InTopic = VectorLaw.Cumulative(TermsOfTopic, rank => 1.0 / (rank + 5));

    private readonly int[][] _topics = DrawTopics(offset, exponent);

    public IEnumerable<SparseVector> Documents() => Drawn().Select(document => document.Vector);

    public IReadOnlyList<SparseVector> Queries()
    {
        var random = new Random(QuerySeed);
        var sampled = new HashSet<int>();
        while (sampled.Count < Math.Min(queries, documents))
        {
            sampled.Add(random.Next(documents));
        }

        return [.. Drawn().Index().Where(document => sampled.Contains(document.Index))
            .Select(document => Query(document.Item.Vector, document.Item.Topics, random))];
    }

    private static int[][] DrawTopics(double offset, double exponent)
    {
        var random = new Random(TopicSeed);
        var law = VectorLaw.Cumulative(Vocabulary, rank => Math.Pow(rank + offset, -exponent));
        return [.. Enumerable.Range(0, Topics).Select(_ =>
        {
            var terms = new HashSet<int>();
            while (terms.Count < TermsOfTopic)
            {
                terms.Add(VectorLaw.Draw(random, law));
            }

            return terms.ToArray();
        })];
    }

    private IEnumerable<(SparseVector Vector, int[] Topics)> Drawn()
    {
        var random = new Random(DocumentSeed);
        for (var document = 0; document < documents; document++)
        {
            int[] topics = [.. Enumerable.Range(0, 1 + random.Next(2)).Select(_ => random.Next(Topics))];
            var terms = new HashSet<int>();
            Fill(terms, TopicTermsOfDocument, topics, random);
            ZipfWorkload.Fill(terms, ZipfWorkload.TermsOfDocument, random);
            yield return (VectorLaw.Weighted(random, terms, ZipfWorkload.MeanImpact), topics);
        }
    }

    private SparseVector Query(SparseVector document, int[] topics, Random random)
    {
        var terms = document.TakeTop(DocumentTermsOfQuery).Entries.Select(entry => int.Parse(
            entry.Term.AsSpan(1), System.Globalization.CultureInfo.InvariantCulture)).ToHashSet();
        Fill(terms, DocumentTermsOfQuery + TopicTermsOfQuery, topics, random);
        return VectorLaw.Weighted(random, terms, ZipfWorkload.MeanQueryWeight);
    }

    private void Fill(HashSet<int> terms, int count, int[] topics, Random random)
    {
        while (terms.Count < count)
        {
            terms.Add(_topics[topics[random.Next(topics.Length)]][VectorLaw.Draw(random, InTopic)]);
        }
    }
}
