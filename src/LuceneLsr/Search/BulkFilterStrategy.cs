using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Util;

namespace LuceneLsr.Search;

/// <summary>
/// Evaluates an <see cref="ImpactQuery"/> under a filter in bulk. Lucene's own strategies ask for one document after
/// the other; all other queries are left to them.
/// </summary>
internal sealed class BulkFilterStrategy : FilteredQuery.FilterStrategy
{
    private BulkFilterStrategy()
    {
    }

    /// <summary>Gets the only instance.</summary>
    public static BulkFilterStrategy Instance { get; } = new();

    public override Scorer? FilteredScorer(AtomicReaderContext context, Weight weight, DocIdSet docIdSet) =>
        FilteredQuery.RANDOM_ACCESS_FILTER_STRATEGY.FilteredScorer(context, weight, docIdSet);

    public override BulkScorer? FilteredBulkScorer(
        AtomicReaderContext context, Weight weight, bool scoreDocsInOrder, DocIdSet docIdSet)
    {
        if (weight is not ImpactWeight)
        {
            return FilteredQuery.RANDOM_ACCESS_FILTER_STRATEGY.FilteredBulkScorer(
                context, weight, scoreDocsInOrder, docIdSet);
        }

        var accepted = docIdSet.Bits ?? ReadAll(docIdSet, context.Reader.MaxDoc);
        return accepted is null ? null : weight.GetBulkScorer(context, scoreDocsInOrder, accepted);
    }

    // Returns null if the filter lets no document through.
    private static FixedBitSet? ReadAll(DocIdSet docIdSet, int maxDoc)
    {
        if (docIdSet.GetIterator() is not { } documents)
        {
            return null;
        }

        var set = new FixedBitSet(maxDoc);
        set.Or(documents);
        return set;
    }
}
