using System.Runtime.CompilerServices;
using Lucene.Net.Index;
using Lucene.Net.Util;

namespace LuceneLsr.Search.Scoring;

/// <summary>
/// The documents of a segment that a search accepts: those that are not deleted and that filters let through.
/// </summary>
internal abstract class AcceptedDocuments
{
    // Live documents never change; a reader with other deletions has other bits.
    private static readonly ConditionalWeakTable<IBits, long[]> LiveDocuments = [];

    /// <summary>Creates the set.</summary>
    /// <param name="bits">The accepted documents, or null for all.</param>
    /// <param name="reader">The segment.</param>
    /// <returns>The set, or null for all documents.</returns>
    public static AcceptedDocuments? Create(IBits? bits, AtomicReader reader) => bits switch
    {
        null => null,
        FixedBitSet set => new BitSet(set.GetBits()),
        _ when ReferenceEquals(bits, reader.LiveDocs) => new BitSet(LiveDocuments.GetValue(bits, Copy)),
        _ => new Predicate(bits),
    };

    /// <summary>Returns whether a range of documents may have an accepted one.</summary>
    /// <param name="start">First document of the range, a multiple of 64.</param>
    /// <param name="end">Document after the last one of the range, a multiple of 64.</param>
    public abstract bool MayHaveAny(int start, int end);

    /// <summary>Removes the matches that are not accepted.</summary>
    /// <param name="matches">The matches in a range.</param>
    /// <param name="start">First document of the range, a multiple of 64.</param>
    public abstract void Restrict(ScoreAccumulators matches, int start);

    private static long[] Copy(IBits bits)
    {
        var words = new long[((bits.Length - 1) / 64) + 1];
        for (var document = 0; document < bits.Length; document++)
        {
            words[document / 64] |= (bits.Get(document) ? 1L : 0) << document; // shifts by document modulo 64
        }

        return words;
    }

    private sealed class BitSet(long[] words) : AcceptedDocuments
    {
        public override bool MayHaveAny(int start, int end) => GetWords(start, end).ContainsAnyExcept(0);

        public override void Restrict(ScoreAccumulators matches, int start) =>
            matches.Keep(GetWords(start, start + matches.Size));

        // A bit set may be longer or shorter than the segment.
        private ReadOnlySpan<long> GetWords(int start, int end) =>
            words.AsSpan(Math.Min(start / 64, words.Length)..Math.Min(end / 64, words.Length));
    }

    private sealed class Predicate(IBits bits) : AcceptedDocuments
    {
        public override bool MayHaveAny(int start, int end) => true;

        public override void Restrict(ScoreAccumulators matches, int start)
        {
            for (var localId = matches.FindNextMatch(0); localId >= 0; localId = matches.FindNextMatch(localId + 1))
            {
                if (!bits.Get(start + localId))
                {
                    matches.Remove(localId);
                }
            }
        }
    }
}
