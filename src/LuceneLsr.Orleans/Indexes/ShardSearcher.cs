using Lucene.Net.Index;
using LuceneLsr.Search;

namespace LuceneLsr.Orleans.Indexes;

/// <summary>A searcher that knows which batches its index includes.</summary>
/// <param name="reader">The reader.</param>
/// <param name="sequence">The last batch.</param>
internal sealed class ShardSearcher(IndexReader reader, long sequence) : ImpactSearcher(reader)
{
    /// <summary>Gets the last batch that the index includes.</summary>
    public long Sequence => sequence;
}
