using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using LuceneLsr.Storage.Cursors;

namespace LuceneLsr.Storage.Layouts;

/// <summary>
/// The layout of most terms: postings grouped by document range. The bytes are three arrays:
/// <list type="number">
/// <item>the <see cref="RangeOffsets"/>;</item>
/// <item>the range-local document ids of all postings, 2 bytes each;</item>
/// <item>their impacts, as wide as <typeparamref name="TImpact"/>.</item>
/// </list>
/// </summary>
internal static class RangedLayout<TImpact>
    where TImpact : unmanaged, IBinaryInteger<TImpact>
{
    /// <summary>Returns the size of a term's postings in bytes.</summary>
    public static int GetSize(int count, int maxDoc) =>
        checked(RangeOffsets.GetSize(maxDoc) + (count * (sizeof(ushort) + Unsafe.SizeOf<TImpact>())));

    /// <summary>Writes postings.</summary>
    public static void Write(
        ReadOnlySpan<int> documents, ReadOnlySpan<int> impacts, int maxDoc, IBufferWriter<byte> output)
    {
        var size = GetSize(documents.Length, maxDoc);
        var bytes = output.GetSpan(size)[..size];
        var rangeSize = DocumentRanges.GetSize(maxDoc);
        RangeOffsets.Compute(documents, maxDoc, MemoryMarshal.Cast<byte, int>(bytes[..RangeOffsets.GetSize(maxDoc)]));
        bytes = bytes[RangeOffsets.GetSize(maxDoc)..];
        var localIds = MemoryMarshal.Cast<byte, ushort>(bytes)[..documents.Length];
        var narrow = MemoryMarshal.Cast<byte, TImpact>(bytes[(localIds.Length * sizeof(ushort))..]);
        for (var i = 0; i < documents.Length; i++)
        {
            localIds[i] = (ushort)(documents[i] % rangeSize);
            narrow[i] = TImpact.CreateChecked(impacts[i]);
        }

        output.Advance(size);
    }

    /// <summary>Reads the postings range by range.</summary>
    public sealed class Cursor : BlockCursor
    {
        private readonly EncodedPostings _postings;
        private readonly int _rangeSize;
        private readonly int _localIdsStart; // byte
        private readonly int _impactsStart; // byte
        private int _index; // of the next posting
        private int _range; // of the next posting
        private int _next; // document of the next posting

        public Cursor(EncodedPostings postings)
        {
            _postings = postings;
            _rangeSize = DocumentRanges.GetSize(postings.MaxDoc);
            _localIdsStart = RangeOffsets.GetSize(postings.MaxDoc);
            _impactsStart = _localIdsStart + (postings.Count * sizeof(ushort));
            using var pin = postings.Bytes.Pin();
            MoveTo(0, postings.Bytes.Span);
        }

        public override int NextDocument => _next;

        public override int Count => _postings.Count;

        public override int MaxImpact => _postings.MaxImpact;

        public override void Accumulate<T>(int start, int end, T consumer)
        {
            using var pin = _postings.Bytes.Pin();
            var bytes = _postings.Bytes.Span;
            var range = start / _rangeSize;
            int first = GetOffsets(bytes)[range], stop = GetOffsets(bytes)[range + 1];
            var localIds = GetLocalIds(bytes)[first..stop];
            var impacts = GetImpacts(bytes)[first..stop];
            for (var i = 0; i < localIds.Length && i < impacts.Length; i++)
            {
                consumer.Add(localIds[i], int.CreateTruncating(impacts[i]));
            }

            MoveTo(stop, bytes);
        }

        public override int ReadBlock(int target, Span<int> documents, Span<int> impacts)
        {
            using var pin = _postings.Bytes.Pin();
            var bytes = _postings.Bytes.Span;
            SkipTo(target, bytes);
            var read = 0;
            for (; _next != NoMoreDocs && read < BlockSize; read++)
            {
                documents[read] = _next;
                impacts[read] = int.CreateTruncating(GetImpacts(bytes)[_index]);
                MoveTo(_index + 1, bytes);
            }

            return read;
        }

        public override void Find(ReadOnlySpan<int> documents, Span<int> impacts)
        {
            using var pin = _postings.Bytes.Pin();
            var bytes = _postings.Bytes.Span;
            var offsets = GetOffsets(bytes);
            var localIds = GetLocalIds(bytes);
            var narrow = GetImpacts(bytes);
            for (var i = 0; i < documents.Length; i++)
            {
                var (range, localId) = Math.DivRem(documents[i], _rangeSize);
                int first = offsets[range], stop = offsets[range + 1];
                var found = localIds[first..stop].BinarySearch((ushort)localId);
                impacts[i] = found >= 0 ? int.CreateTruncating(narrow[first + found]) : 0;
            }
        }

        private void SkipTo(int target, ReadOnlySpan<byte> bytes)
        {
            if (target <= _next)
            {
                return;
            }

            var range = target / _rangeSize;
            if (range >= DocumentRanges.GetCount(_postings.MaxDoc))
            {
                MoveTo(Count, bytes);
                return;
            }

            int first = Math.Max(_index, GetOffsets(bytes)[range]), stop = GetOffsets(bytes)[range + 1];
            var distance = GetLocalIds(bytes)[first..stop].BinarySearch((ushort)(target % _rangeSize));
            MoveTo(first + (distance < 0 ? ~distance : distance), bytes);
        }

        private void MoveTo(int index, ReadOnlySpan<byte> bytes)
        {
            _index = index;
            if (index == Count)
            {
                _next = NoMoreDocs;
                return;
            }

            var offsets = GetOffsets(bytes);
            while (offsets[_range + 1] <= index)
            {
                _range++;
            }

            _next = (_range * _rangeSize) + GetLocalIds(bytes)[index];
        }

        private ReadOnlySpan<int> GetOffsets(ReadOnlySpan<byte> bytes) =>
            MemoryMarshal.Cast<byte, int>(bytes[.._localIdsStart]);

        private ReadOnlySpan<ushort> GetLocalIds(ReadOnlySpan<byte> bytes) =>
            MemoryMarshal.Cast<byte, ushort>(bytes[_localIdsStart.._impactsStart]);

        private ReadOnlySpan<TImpact> GetImpacts(ReadOnlySpan<byte> bytes) =>
            MemoryMarshal.Cast<byte, TImpact>(bytes[_impactsStart..]);
    }
}
