using Lucene.Net.Index;
using Lucene.Net.Search;

namespace LuceneLsr.Postings;

/// <summary>One term's postings in one segment, in memory, laid out for evaluation term at a time.</summary>
internal abstract class CachedPostings
{
    // A term in more documents than this share of them takes less time, and hardly more space, as a row of bytes.
    private const int DenseShare = 8;

    /// <summary>Bytes of its arrays.</summary>
    public abstract long SizeInBytes { get; }

    /// <summary>A cursor before the first posting.</summary>
    public abstract PostingCursor Open();

    /// <summary>What a term's postings take where an impact takes a byte, without the windows' offsets.</summary>
    /// <param name="count">How many there are.</param>
    /// <param name="maxDoc">Documents of the segment.</param>
    public static long UsualSize(int count, int maxDoc) => IsDense(count, maxDoc) ? maxDoc : 3L * count;

    /// <summary>Reads a term's postings into the smallest layout that holds them.</summary>
    /// <param name="docs">The postings with their frequencies, deleted documents included.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="maxDoc">Documents of the segment.</param>
    public static CachedPostings Read(DocsEnum docs, int count, int maxDoc)
    {
        int[] documents = new int[count], impacts = new int[count];
        var largest = 0;
        for (var at = 0; docs.NextDoc() != DocIdSetIterator.NO_MORE_DOCS; at++)
        {
            (documents[at], impacts[at]) = (docs.DocID, docs.Freq);
            largest = Math.Max(largest, impacts[at]);
        }

        return largest switch
        {
            <= byte.MaxValue when IsDense(count, maxDoc) => new DensePostings(documents, impacts, maxDoc),
            <= byte.MaxValue => new WindowedPostings<byte>(documents, impacts, maxDoc),
            <= ushort.MaxValue => new WindowedPostings<ushort>(documents, impacts, maxDoc),
            _ => new WindowedPostings<int>(documents, impacts, maxDoc),
        };
    }

    private static bool IsDense(int count, int maxDoc) => count > maxDoc / DenseShare;
}
