namespace LuceneLsr.Tools.Benchmarks.Workloads;

/// <summary>
/// Synthetic vectors whose terms follow a Zipf-Mandelbrot law: p(rank r) ~ 1 / (r + 2.7) over 30,000 terms. A document
/// has 128 distinct terms with log-normal impacts (sigma 0.7, mean 37); a query has 32 distinct terms with log-normal
/// weights (sigma 0.7, mean 64); both are integers from 1 to 255. A query rejects every second draw of one of the 50
/// most frequent terms.
/// </summary>
internal sealed class ZipfWorkload(int documents, int queries) : IWorkload
{
    public const int TermsPerDocument = 128;
    public const double MeanImpact = 37;
    public const double MeanQueryWeight = 64;

    private const int TermsPerQuery = 32;
    private const int Vocabulary = 30_000;
    private const int FrequentTerms = 50;
    private const int DocumentSeed = 1;
    private const int QuerySeed = 2;

    private static readonly double[] Law = VectorLaw.Cumulate(Vocabulary, rank => 1 / (rank + 2.7));

    public IEnumerable<SparseVector> Documents()
    {
        var random = new Random(DocumentSeed);
        for (var document = 0; document < documents; document++)
        {
            var terms = new HashSet<int>();
            Fill(terms, TermsPerDocument, random);
            yield return VectorLaw.WithWeights(random, terms, MeanImpact);
        }
    }

    public int CountDocuments() => documents;

    public IReadOnlyList<SparseVector> Queries()
    {
        var random = new Random(QuerySeed);
        return [.. Enumerable.Range(0, queries).Select(_ => CreateQuery(random))];
    }

    /// <summary>Adds terms sampled from the law until there are <paramref name="count"/> of them.</summary>
    public static void Fill(HashSet<int> terms, int count, Random random) =>
        VectorLaw.Fill(terms, count, () => VectorLaw.Sample(random, Law));

    private static SparseVector CreateQuery(Random random)
    {
        var terms = new HashSet<int>();
        while (terms.Count < TermsPerQuery)
        {
            var term = VectorLaw.Sample(random, Law);
            if (term >= FrequentTerms || random.Next(2) == 0)
            {
                terms.Add(term);
            }
        }

        return VectorLaw.WithWeights(random, terms, MeanQueryWeight);
    }
}
