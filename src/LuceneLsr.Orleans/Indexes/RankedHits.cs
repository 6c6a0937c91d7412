using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Util;
using LuceneLsr.Orleans.Messages;
using LuceneLsr.Search;

namespace LuceneLsr.Orleans.Indexes;

/// <summary>The top hits of a query in the order of <see cref="HitOrder"/>.</summary>
/// <param name="TotalHits">The number of matching documents.</param>
/// <param name="Best">The hits, best first.</param>
internal sealed record RankedHits(long TotalHits, IReadOnlyList<(string Id, float Score, int Document)> Best)
{
    private const int Growth = 4;

    /// <summary>Searches an index.</summary>
    /// <remarks>
    /// Lucene breaks ties by its document numbers, which differ from shard to shard. So all documents that tie with the
    /// last hit are needed to select those with the lowest ids: more hits are requested until a lower score shows up.
    /// </remarks>
    public static RankedHits Search(ImpactSearcher searcher, Query query, Filter? filter, int top)
    {
        var limit = Math.Max(1, searcher.IndexReader.MaxDoc);
        for (var count = Math.Min(top, limit - 1) + 1;; count = (int)Math.Min((long)count * Growth, limit))
        {
            var hits = searcher.Search(query, filter, count);
            var found = hits.ScoreDocs;
            if (found.Length <= top)
            {
                return Create(searcher, hits, found, top);
            }

            var last = found[top - 1].Score;
            if (found.Length < count || count == limit || found[^1].Score < last)
            {
                return Create(searcher, hits, found.TakeWhile(hit => hit.Score >= last), top);
            }
        }
    }

    private static RankedHits Create(IndexSearcher searcher, TopDocs hits, IEnumerable<ScoreDoc> candidates, int top)
    {
        var ids = new DocumentIds(searcher.IndexReader.Leaves);
        List<(string Id, float Score, int Document)> best =
            [.. candidates.OrderBy(hit => hit.Doc).Select(hit => (ids.Get(hit.Doc), hit.Score, hit.Doc))];
        best.Sort((left, right) => HitOrder.Compare(left.Score, left.Id, right.Score, right.Id));
        return new(hits.TotalHits, [.. best.Take(top)]);
    }

    /// <summary>Reads ids of documents in ascending order.</summary>
    private sealed class DocumentIds(IList<AtomicReaderContext> leaves)
    {
        private readonly BytesRef _bytes = new();
        private int _leaf = -1;
        private BinaryDocValues? _ids;

        public string Get(int document)
        {
            var leaf = ReaderUtil.SubIndex(document, leaves);
            if (leaf != _leaf)
            {
                _leaf = leaf;
                _ids = leaves[leaf].AtomicReader.GetBinaryDocValues(ShardFields.Id);
            }

            _ids!.Get(document - leaves[leaf].DocBase, _bytes);
            return _bytes.Utf8ToString();
        }
    }
}
