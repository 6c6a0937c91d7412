using System.Globalization;

namespace LuceneLsr.Tools.Benchmarks.Workloads;

/// <summary>
/// Synthetic vectors with topics. Each of 1,000 topics has 300 terms, sampled from 30,000 terms with
/// p(rank r) ~ 1 / (r + offset)^exponent. A document takes 90 of its 128 terms from one or two topics, the j-th term of
/// a topic with p ~ 1 / (j + 5), and the others as in <see cref="ZipfWorkload"/>. A query takes the 20 terms with the
/// largest impacts of one document and 12 terms of its topics. Weights are distributed as in
/// <see cref="ZipfWorkload"/>.
/// </summary>
internal sealed class TopicWorkload(int documents, int queries, double offset, double exponent) : IWorkload
{
    private const int Vocabulary = 30_000;
    private const int Topics = 1_000;
    private const int TermsPerTopic = 300;
    private const int TopicTermsPerDocument = 90;
    private const int DocumentTermsPerQuery = 20;
    private const int TopicTermsPerQuery = 12;
    private const int MaxQueryCandidates = 100_000; // generating more documents for queries takes too long
    private const int DocumentSeed = 1;
    private const int QuerySeed = 2;
    private const int TopicSeed = 3;

    private static readonly double[] LawInTopic = VectorLaw.Cumulate(TermsPerTopic, rank => 1.0 / (rank + 5));

    private readonly int[][] _topics = CreateTopics(offset, exponent);

    public IEnumerable<SparseVector> Documents() => DocumentsWithTopics().Select(document => document.Vector);

    public int CountDocuments() => documents;

    public IReadOnlyList<SparseVector> Queries()
    {
        var random = new Random(QuerySeed);
        var sampled = new HashSet<int>();
        var candidates = Math.Min(documents, MaxQueryCandidates);
        VectorLaw.Fill(sampled, Math.Min(queries, candidates), () => random.Next(candidates));
        return [.. DocumentsWithTopics().Take(candidates).Index()
            .Where(document => sampled.Contains(document.Index))
            .Select(document => CreateQuery(document.Item.Vector, document.Item.Topics, random))];
    }

    private static int[][] CreateTopics(double offset, double exponent)
    {
        var random = new Random(TopicSeed);
        var law = VectorLaw.Cumulate(Vocabulary, rank => Math.Pow(rank + offset, -exponent));
        return [.. Enumerable.Range(0, Topics).Select(_ =>
        {
            var terms = new HashSet<int>();
            VectorLaw.Fill(terms, TermsPerTopic, () => VectorLaw.Sample(random, law));
            return terms.ToArray();
        })];
    }

    private IEnumerable<(SparseVector Vector, int[] Topics)> DocumentsWithTopics()
    {
        var random = new Random(DocumentSeed);
        for (var document = 0; document < documents; document++)
        {
            int[] topics = [.. Enumerable.Range(0, 1 + random.Next(2)).Select(_ => random.Next(Topics))];
            var terms = new HashSet<int>();
            FillFromTopics(terms, TopicTermsPerDocument, topics, random);
            ZipfWorkload.Fill(terms, ZipfWorkload.TermsPerDocument, random);
            yield return (VectorLaw.WithWeights(random, terms, ZipfWorkload.MeanImpact), topics);
        }
    }

    private SparseVector CreateQuery(SparseVector document, int[] topics, Random random)
    {
        var terms = document.TakeTop(DocumentTermsPerQuery).Entries
            .Select(entry => int.Parse(entry.Term.AsSpan(1), CultureInfo.InvariantCulture))
            .ToHashSet();
        FillFromTopics(terms, DocumentTermsPerQuery + TopicTermsPerQuery, topics, random);
        return VectorLaw.WithWeights(random, terms, ZipfWorkload.MeanQueryWeight);
    }

    private void FillFromTopics(HashSet<int> terms, int count, int[] topics, Random random) => VectorLaw.Fill(
        terms, count, () => _topics[topics[random.Next(topics.Length)]][VectorLaw.Sample(random, LawInTopic)]);
}
