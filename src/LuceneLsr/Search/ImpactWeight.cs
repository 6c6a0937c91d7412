using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Util;
using LuceneLsr.Postings;
using LuceneLsr.Search.Scoring;
using LuceneLsr.Similarities;
using LuceneLsr.Storage;
using LuceneLsr.Storage.Cursors;

namespace LuceneLsr.Search;

/// <summary>An <see cref="ImpactQuery"/> under the boosts of the queries around it.</summary>
internal sealed class ImpactWeight(ImpactQuery query) : Weight
{
    private readonly Term[] _terms = [.. query.Terms.Select(term => new Term(query.Field, term.Term))];
    private float _boost = query.Boost;

    public override Query Query => query;

    public override float GetValueForNormalization() =>
        query.Terms.Sum(term => (float)term.Impact * term.Impact) * query.Boost * query.Boost;

    // The query norm of a similarity must not change a dot product.
    public override void Normalize(float norm, float topLevelBoost) => _boost = topLevelBoost * query.Boost;

    public override Scorer? GetScorer(AtomicReaderContext context, IBits? acceptDocs) =>
        Open(context.AtomicReader) is { } scores ? new ImpactScorer(this, scores, acceptDocs) : null;

    /// <summary>The query's scores in a segment, or null where it has none of the terms.</summary>
    public TermAtATimeEvaluator? Open(AtomicReader reader)
    {
        var segment = new SegmentPostings(reader, query.Field, query.Cache);
        var postings = CorruptPostings.Watch(() => Cursors(segment.Open));
        return postings.Count == 0 ? null : new TermAtATimeEvaluator(query.Terms, _boost, postings, reader.MaxDoc);
    }

    /// <summary>The scores of some documents of a segment; 0 for one without any of the terms.</summary>
    /// <param name="reader">The segment.</param>
    /// <param name="documents">In ascending order.</param>
    public float[] Scores(AtomicReader reader, int[] documents)
    {
        var segment = new SegmentPostings(reader, query.Field, query.Cache);
        return documents.Length == 0
            ? []
            : CorruptPostings.Watch(() => Scores(Cursors(segment.OpenForLookups), documents));
    }

    public override Explanation Explain(AtomicReaderContext context, int doc)
    {
        var segment = new SegmentPostings(context.AtomicReader, query.Field, cache: null);
        Explanation[] products = [.. Enumerable.Range(0, _terms.Length)
            .Select(term => Product(segment, context.AtomicReader.LiveDocs, term, doc)).OfType<Explanation>()];
        var sum = products.Length == 0
            ? new ComplexExplanation(match: false, 0, "no matching term")
            : new ComplexExplanation(match: true, (float)products.Sum(product => (double)product.Value), "sum of:");
        foreach (var product in products)
        {
            sum.AddDetail(product);
        }

        return sum;
    }

    private List<(int Term, PostingCursor Cursor)> Cursors(Func<Term, PostingCursor?> open)
    {
        var postings = new List<(int Term, PostingCursor Cursor)>();
        foreach (var (at, term) in _terms.Index())
        {
            if (open(term) is { } cursor)
            {
                postings.Add((at, cursor));
            }
        }

        return postings;
    }

    private float[] Scores(List<(int Term, PostingCursor Cursor)> postings, int[] documents)
    {
        var sums = new double[documents.Length]; // of float products, as in a DoubleAccumulators
        var impacts = new int[documents.Length];
        foreach (var (term, cursor) in postings)
        {
            cursor.Find(documents, impacts);
            var factor = query.Terms[term].Impact * _boost;
            for (var at = 0; at < sums.Length; at++)
            {
                sums[at] += factor * impacts[at];
            }
        }

        return Array.ConvertAll(sums, sum => (float)sum);
    }

    private Explanation? Product(SegmentPostings segment, IBits? live, int term, int doc) =>
        segment.Seek(_terms[term]) is { } found
        && found.Docs(live, reuse: null, DocsFlags.FREQS) is var docs
        && docs.Advance(doc) == doc
            ? ImpactSimilarity.Product(_terms[term].ToString(), query.Terms[term].Impact * _boost, docs.Freq)
            : null;
}
