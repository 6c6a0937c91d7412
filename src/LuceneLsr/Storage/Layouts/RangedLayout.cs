using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using LuceneLsr.Storage.Cursors;
using LuceneLsr.Storage.Packing;

namespace LuceneLsr.Storage.Layouts;

/// <summary>
/// Where the postings of each window begin, and behind them where the last one's end, four bytes each; then the places
/// of all documents in their windows, two bytes each; then their impacts.
/// </summary>
internal static class RangedLayout<TImpact>
    where TImpact : unmanaged, IBinaryInteger<TImpact>
{
    /// <summary>Bytes that so many postings take.</summary>
    public static int Size(int count, int maxDoc) =>
        checked((OffsetCount(maxDoc) * sizeof(int)) + (count * (sizeof(ushort) + Unsafe.SizeOf<TImpact>())));

    /// <summary>Lays postings out.</summary>
    public static void Write(
        ReadOnlySpan<int> documents, ReadOnlySpan<int> impacts, int maxDoc, IBufferWriter<byte> into)
    {
        var size = Size(documents.Length, maxDoc);
        var bytes = into.GetSpan(size)[..size];
        var windowSize = DocumentRanges.Size(maxDoc);
        var offsets = MemoryMarshal.Cast<byte, int>(bytes)[..OffsetCount(maxDoc)];
        offsets.Clear();
        bytes = bytes[(offsets.Length * sizeof(int))..];
        var places = MemoryMarshal.Cast<byte, ushort>(bytes)[..documents.Length];
        var narrow = MemoryMarshal.Cast<byte, TImpact>(bytes[(places.Length * sizeof(ushort))..]);
        for (var at = 0; at < documents.Length; at++)
        {
            places[at] = (ushort)(documents[at] % windowSize);
            narrow[at] = TImpact.CreateChecked(impacts[at]);
            offsets[(documents[at] / windowSize) + 1] = at + 1;
        }

        for (var window = 1; window < offsets.Length; window++)
        {
            offsets[window] = Math.Max(offsets[window], offsets[window - 1]); // an empty window starts where it ends
        }

        into.Advance(size);
    }

    private static int OffsetCount(int maxDoc) => DocumentRanges.Count(maxDoc) + 1;

    /// <summary>Reads windows.</summary>
    public sealed class Cursor : BlockCursor
    {
        private readonly EncodedPostings _postings;
        private readonly int _windowSize;
        private readonly int _placesAt; // byte
        private readonly int _impactsAt; // byte
        private int _at;
        private int _window; // of the posting at _at
        private int _next; // its document

        public Cursor(EncodedPostings postings)
        {
            _postings = postings;
            _windowSize = DocumentRanges.Size(postings.MaxDoc);
            _placesAt = OffsetCount(postings.MaxDoc) * sizeof(int);
            _impactsAt = _placesAt + (postings.Count * sizeof(ushort));
            using var pin = postings.Bytes.Pin();
            MoveTo(0, postings.Bytes.Span);
        }

        public override int NextDocument => _next;

        public override int Count => _postings.Count;

        public override int MaxImpact => _postings.MaxImpact;

        public override void Accumulate<T>(int start, int end, T into)
        {
            using var pin = _postings.Bytes.Pin();
            var bytes = _postings.Bytes.Span;
            var window = start / _windowSize;
            int first = Offsets(bytes)[window], behind = Offsets(bytes)[window + 1];
            var places = Places(bytes)[first..behind];
            var impacts = Impacts(bytes)[first..behind];
            for (var at = 0; at < places.Length && at < impacts.Length; at++)
            {
                into.Add(places[at], int.CreateTruncating(impacts[at]));
            }

            MoveTo(behind, bytes);
        }

        public override int ReadBlock(int from, Span<int> documents, Span<int> impacts)
        {
            using var pin = _postings.Bytes.Pin();
            var bytes = _postings.Bytes.Span;
            SkipTo(from, bytes);
            var read = 0;
            for (; _next != int.MaxValue && read < PackedBlock.Size; read++)
            {
                documents[read] = _next;
                impacts[read] = int.CreateTruncating(Impacts(bytes)[_at]);
                MoveTo(_at + 1, bytes);
            }

            return read;
        }

        public override void Find(ReadOnlySpan<int> documents, Span<int> impacts)
        {
            using var pin = _postings.Bytes.Pin();
            var bytes = _postings.Bytes.Span;
            var offsets = Offsets(bytes);
            var places = Places(bytes);
            var narrow = Impacts(bytes);
            for (var at = 0; at < documents.Length; at++)
            {
                var (window, place) = Math.DivRem(documents[at], _windowSize);
                int first = offsets[window], behind = offsets[window + 1];
                var found = places[first..behind].BinarySearch((ushort)place);
                impacts[at] = found >= 0 ? int.CreateTruncating(narrow[first + found]) : 0;
            }
        }

        private void SkipTo(int from, ReadOnlySpan<byte> bytes)
        {
            if (from <= _next)
            {
                return;
            }

            var window = from / _windowSize;
            if (window >= DocumentRanges.Count(_postings.MaxDoc))
            {
                MoveTo(Count, bytes);
                return;
            }

            int first = Math.Max(_at, Offsets(bytes)[window]), behind = Offsets(bytes)[window + 1];
            var ahead = Places(bytes)[first..behind].BinarySearch((ushort)(from % _windowSize));
            MoveTo(first + (ahead < 0 ? ~ahead : ahead), bytes);
        }

        private void MoveTo(int at, ReadOnlySpan<byte> bytes)
        {
            _at = at;
            if (at == Count)
            {
                _next = int.MaxValue;
                return;
            }

            var offsets = Offsets(bytes);
            while (offsets[_window + 1] <= at)
            {
                _window++;
            }

            _next = (_window * _windowSize) + Places(bytes)[at];
        }

        private ReadOnlySpan<int> Offsets(ReadOnlySpan<byte> bytes) =>
            MemoryMarshal.Cast<byte, int>(bytes[.._placesAt]);

        private ReadOnlySpan<ushort> Places(ReadOnlySpan<byte> bytes) =>
            MemoryMarshal.Cast<byte, ushort>(bytes[_placesAt.._impactsAt]);

        private ReadOnlySpan<TImpact> Impacts(ReadOnlySpan<byte> bytes) =>
            MemoryMarshal.Cast<byte, TImpact>(bytes[_impactsAt..]);
    }
}
