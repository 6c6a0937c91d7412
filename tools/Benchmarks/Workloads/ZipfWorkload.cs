namespace LuceneLsr.Tools.Benchmarks.Workloads;

/// <summary>
/// Synthetic vectors with the shape of learned sparse ones: terms by a Zipf-Mandelbrot law, p(rank r) ~ 1 / (r + 2.7)
/// over 30,000 terms; documents of 128 distinct terms with log-normal impacts (sigma 0.7, mean 37), queries of 32 with
/// log-normal weights (sigma 0.7, mean 64), all from 1 to 255. A query's draw among the 50 most frequent terms is
/// rejected half the time.
/// </summary>
internal sealed class ZipfWorkload(int documents, int queries) : IWorkload
{
    public const int TermsOfDocument = 128;
    public const double MeanImpact = 37;
    public const double MeanQueryWeight = 64;

    private const int TermsOfQuery = 32;
    private const int Vocabulary = 30_000;
    private const int FrequentTerms = 50;
    private const int DocumentSeed = 1;
    private const int QuerySeed = 2;

    private static readonly double[] Law = VectorLaw.Cumulative(Vocabulary, rank => 1 / (rank + 2.7));

    public IEnumerable<SparseVector> Documents()
    {
        var random = new Random(DocumentSeed);
        for (var document = 0; document < documents; document++)
        {
            var terms = new HashSet<int>();
            Fill(terms, TermsOfDocument, random);
            yield return VectorLaw.Weighted(random, terms, MeanImpact);
        }
    }

    public IReadOnlyList<SparseVector> Queries()
    {
        var random = new Random(QuerySeed);
        return [.. Enumerable.Range(0, queries).Select(_ =>
        {
            var terms = new HashSet<int>();
            while (terms.Count < TermsOfQuery)
            {
                var term = VectorLaw.Draw(random, Law);
                if (term >= FrequentTerms || random.Next(2) == 0)
                {
                    terms.Add(term);
                }
            }

            return VectorLaw.Weighted(random, terms, MeanQueryWeight);
        })];
    }

    /// <summary>Adds terms by the law until there are so many.</summary>
    public static void Fill(HashSet<int> terms, int count, Random random)
    {
        while (terms.Count < count)
        {
            terms.Add(VectorLaw.Draw(random, Law));
        }
    }
}
