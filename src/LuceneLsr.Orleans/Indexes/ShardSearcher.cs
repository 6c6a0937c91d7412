using Lucene.Net.Index;
using LuceneLsr.Search;

namespace LuceneLsr.Orleans.Indexes;

/// <summary>A searcher that knows which batches its index includes at least.</summary>
/// <param name="reader">The reader.</param>
/// <param name="sequence">The last batch.</param>
internal sealed class ShardSearcher(IndexReader reader, long sequence) : ImpactSearcher(reader)
{
    /// <summary>Gets the last batch that is known to be included. Later ones may have changed nothing.</summary>
    public long Sequence => sequence;
}
