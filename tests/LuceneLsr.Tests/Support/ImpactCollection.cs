using CsCheck;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using LuceneLsr.Analysis;
using LuceneLsr.Documents;

namespace LuceneLsr.Tests.Support;

/// <summary>Documents d0, d1, ... in segments of equal size, some of them deleted, and a query.</summary>
internal sealed record ImpactCollection(
    (SparseVector Vector, bool Deleted)[] Documents, SparseVector Query, int SegmentSize,
    IndexStorage? Storage = null)
{
    public static readonly ImpactScale DocumentScale = new(10, 600);
    public static readonly ImpactScale QueryScale = new(7, 100);

    /// <summary>Any small collection. The query may have terms that no document has.</summary>
    public static readonly Gen<ImpactCollection> Any = Gen.Select(
        Gen.Select(Vectors(terms: 40, maxCount: 25), Gen.Frequency((4, false), (1, true))).Array[0, 25],
        Vectors(terms: 45, maxCount: 30),
        Gen.Int[1, 8],
        IndexStorage.Any,
        (documents, query, segmentSize, storage) => new ImpactCollection(documents, query, segmentSize, storage));

    /// <summary>Indexes the documents.</summary>
    /// <param name="scale">The scale of their vectors; <see cref="DocumentScale"/> if null.</param>
    public ImpactIndex Index(ImpactScale? scale = null)
    {
        var encoder = new TableEncoder(Documents.Index().ToDictionary(
            document => $"text {document.Index}", document => document.Item.Vector));
        var index = new ImpactIndex(new LsrAnalyzer(encoder, scale ?? DocumentScale), storage: Storage);
        foreach (var (i, _) in Documents.Index())
        {
            index.Add($"d{i}", new ImpactField(ImpactIndex.Body, $"text {i}", Field.Store.NO));
            if ((i + 1) % SegmentSize == 0)
            {
                index.Writer.Flush(triggerMerge: false, applyAllDeletes: true);
            }
        }

        foreach (var (i, _) in Documents.Index().Where(document => document.Item.Deleted))
        {
            index.Writer.DeleteDocuments(new Term("id", $"d{i}"));
        }

        return index;
    }

    /// <summary>
    /// Computes the dot products of the quantized vectors by brute force, for all matches that are not deleted.
    /// </summary>
    public Dictionary<string, float> Scores()
    {
        var query = QueryScale.Quantize(Query).ToDictionary(term => term.Term, term => (long)term.Impact);
        return Documents.Index()
            .Where(document => !document.Item.Deleted)
            .Select(document => (
                Id: $"d{document.Index}",
                Score: DocumentScale.Quantize(document.Item.Vector).Sum(
                    term => term.Impact * query.GetValueOrDefault(term.Term))))
            .Where(document => document.Score > 0)
            .ToDictionary(document => document.Id, document => (float)document.Score);
    }

    private static Gen<SparseVector> Vectors(int terms, int maxCount) =>
        Gen.Dictionary(Gen.Int[0, terms - 1], Gen.Float[0f, 80f])[0, maxCount].Select(weights =>
            new SparseVector(weights.Select(entry => new TermWeight($"t{entry.Key}", entry.Value))));
}
