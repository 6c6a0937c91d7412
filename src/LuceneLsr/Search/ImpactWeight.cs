using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Util;
using LuceneLsr.Edits;
using LuceneLsr.Postings;
using LuceneLsr.Search.Scoring;
using LuceneLsr.Storage;
using LuceneLsr.Storage.Cursors;

namespace LuceneLsr.Search;

/// <summary>
/// The <see cref="Weight"/> of an <see cref="ImpactQuery"/>: the query with the boosts of its parents.
/// </summary>
internal sealed class ImpactWeight(ImpactQuery query) : Weight
{
    private readonly Term[] _terms = [.. query.Terms.Select(term => new Term(query.Field, term.Term))];
    private readonly ImpactCache? _cache = query.Cache ?? ImpactCache.Default;
    private float _boost = query.Boost;

    public override Query Query => query;

    // Adds nothing to the query norm of the searcher's similarity, which would scale down the other clauses of a
    // Boolean query, and ignores the norm, which must not change a dot product.
    public override float GetValueForNormalization() => 0;

    public override void Normalize(float norm, float topLevelBoost) => _boost = topLevelBoost * query.Boost;

    public override Scorer? GetScorer(AtomicReaderContext context, IBits? acceptDocs) =>
        TryCreateEvaluator(context.AtomicReader, acceptDocs) is { } evaluator
            ? new ImpactScorer(this, evaluator)
            : null;

    public override BulkScorer? GetBulkScorer(
        AtomicReaderContext context, bool scoreDocsInOrder, IBits? acceptDocs) =>
        TryCreateEvaluator(context.AtomicReader, acceptDocs) is { } evaluator
            ? new ImpactBulkScorer(this, evaluator)
            : null;

    /// <summary>Creates the evaluator of a segment, or returns null if the segment has none of the terms.</summary>
    /// <param name="reader">The segment.</param>
    /// <param name="accepted">The documents that may match, or null for all.</param>
    public TermAtATimeEvaluator? TryCreateEvaluator(AtomicReader reader, IBits? accepted)
    {
        var segment = new SegmentPostings(reader, query.Field, _cache);
        var postings = CorruptPostings.Detect(
            () => OpenCursors(reader, term => HasTime() ? segment.TryOpenCursor(term) : null));
        SearchMetrics.CountPostings(query.Field, postings);
        var set = AcceptedDocuments.TryCreate(accepted, reader);
        return postings.Count == 0
            ? null
            : new TermAtATimeEvaluator(
                query.Terms, _boost, postings, set, predicate: set is null ? accepted : null, reader.MaxDoc,
                HasTime);
    }

    /// <summary>
    /// Computes the scores of some documents of a segment, 0 for a document without any of the terms.
    /// </summary>
    /// <param name="reader">The segment.</param>
    /// <param name="documents">Documents in ascending order.</param>
    public float[] ComputeScores(AtomicReader reader, int[] documents)
    {
        var segment = new SegmentPostings(reader, query.Field, _cache);
        return documents.Length == 0
            ? []
            : CorruptPostings.Detect(
                () => ComputeScores(OpenCursors(reader, segment.TryOpenLookupCursor), documents));
    }

    public override Explanation Explain(AtomicReaderContext context, int doc) =>
        CorruptPostings.Detect(() => new ImpactExplainer(query, _boost, context.AtomicReader).Explain(doc));

    // Once it returns false, it does so for the rest of the search, so that no document is scored by a part of the
    // terms.
    private bool HasTime() => query.Budget?.Check() ?? true;

    private List<(int Term, PostingCursor Cursor)> OpenCursors(AtomicReader reader, Func<Term, PostingCursor?> tryOpen)
    {
        var postings = new List<(int Term, PostingCursor Cursor)>();
        foreach (var (index, term) in _terms.Index())
        {
            var stored = tryOpen(term);
            var edits = query.Rules?.Documents.Find(reader, term);
            if ((edits is null ? stored : new EditedPostingCursor(stored, edits)) is { } cursor)
            {
                postings.Add((index, cursor));
            }
        }

        return postings;
    }

    private float[] ComputeScores(List<(int Term, PostingCursor Cursor)> postings, int[] documents)
    {
        var sums = new double[documents.Length]; // of float products, as DoubleAccumulators computes them
        var impacts = new int[documents.Length];
        foreach (var (term, cursor) in postings)
        {
            cursor.Find(documents, impacts);
            var factor = query.Terms[term].Impact * _boost;
            for (var i = 0; i < sums.Length; i++)
            {
                sums[i] += factor * impacts[i];
            }
        }

        return Array.ConvertAll(sums, sum => (float)sum);
    }
}
