using System.Runtime.CompilerServices;
using Lucene.Net.Index;
using Lucene.Net.Util;

namespace LuceneLsr.Search.Scoring;

/// <summary>
/// A bit set of the documents of a segment that a search accepts: those that are not deleted and that filters let
/// through.
/// </summary>
internal sealed class AcceptedDocuments
{
    private const int DocumentsPerWord = 64;

    // A segment's bits never change: a reader with other deletions has other bits.
    private static readonly ConditionalWeakTable<IBits, long[]> LiveDocuments = [];

    private readonly long[] _words;

    private AcceptedDocuments(long[] words) => _words = words;

    /// <summary>
    /// Creates the set, or returns null if the documents are not a bit set and can only be asked for one by one.
    /// </summary>
    /// <param name="bits">The accepted documents, or null for all.</param>
    /// <param name="reader">The segment.</param>
    public static AcceptedDocuments? TryCreate(IBits? bits, AtomicReader reader) => bits switch
    {
        FixedBitSet set => new(set.GetBits()),
        not null when reader is SegmentReader && ReferenceEquals(bits, reader.LiveDocs) =>
            new(LiveDocuments.GetValue(bits, Copy)),
        _ => null,
    };

    /// <summary>Returns whether a range of documents has an accepted one.</summary>
    /// <param name="start">First document of the range, a multiple of 64.</param>
    /// <param name="end">Document after the last one of the range, a multiple of 64.</param>
    public bool HasAny(int start, int end) => GetWords(start, end).ContainsAnyExcept(0);

    /// <summary>Removes the matches that are not accepted.</summary>
    /// <param name="matches">The matches in a range.</param>
    /// <param name="start">First document of the range, a multiple of 64.</param>
    public void Restrict(ScoreAccumulators matches, int start) =>
        matches.Keep(GetWords(start, start + matches.Size));

    // A bit set may be longer or shorter than the segment.
    private ReadOnlySpan<long> GetWords(int start, int end) => _words.AsSpan(
        Math.Min(start / DocumentsPerWord, _words.Length)..Math.Min(end / DocumentsPerWord, _words.Length));

    private static long[] Copy(IBits bits)
    {
        var set = new FixedBitSet(bits.Length);
        for (var document = 0; document < bits.Length; document++)
        {
            if (bits.Get(document))
            {
                set.Set(document);
            }
        }

        return set.GetBits();
    }
}
