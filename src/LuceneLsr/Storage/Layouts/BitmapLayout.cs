using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;
using LuceneLsr.Storage.Cursors;
using LuceneLsr.Storage.Packing;

namespace LuceneLsr.Storage.Layouts;

/// <summary>
/// The layout of frequent terms in compact indexes. The bytes are three arrays:
/// <list type="number">
/// <item>the <see cref="RangeOffsets"/>;</item>
/// <item>one bit per document of the segment, low bits first, one for a document with the term; a multiple of 8
/// bytes;</item>
/// <item>the impacts, one byte each.</item>
/// </list>
/// </summary>
internal static class BitmapLayout
{
    private const int DocumentsPerWord = 64;

    /// <summary>Returns the size of a term's postings in bytes.</summary>
    public static int GetSize(int count, int maxDoc) =>
        checked(RangeOffsets.GetSize(maxDoc) + (GetWordCount(maxDoc) * sizeof(ulong)) + count);

    /// <summary>Writes postings whose impacts are at most 255.</summary>
    public static void Write(
        ReadOnlySpan<int> documents, ReadOnlySpan<int> impacts, int maxDoc, IBufferWriter<byte> output)
    {
        var size = GetSize(documents.Length, maxDoc);
        var bytes = output.GetSpan(size)[..size];
        RangeOffsets.Compute(documents, maxDoc, MemoryMarshal.Cast<byte, int>(bytes[..RangeOffsets.GetSize(maxDoc)]));
        bytes = bytes[RangeOffsets.GetSize(maxDoc)..];
        var words = MemoryMarshal.Cast<byte, ulong>(bytes)[..GetWordCount(maxDoc)];
        words.Clear();
        bytes = bytes[(words.Length * sizeof(ulong))..];
        for (var i = 0; i < documents.Length; i++)
        {
            words[documents[i] / DocumentsPerWord] |= 1UL << documents[i]; // shifts by the document modulo 64
            bytes[i] = checked((byte)impacts[i]);
        }

        output.Advance(size);
    }

    private static int GetWordCount(int maxDoc) => ((maxDoc - 1) / DocumentsPerWord) + 1;

    /// <summary>Reads the postings range by range, expanded to a row of bytes.</summary>
    public sealed class Cursor : BlockCursor
    {
        private readonly EncodedPostings _postings;
        private readonly int _rangeSize;
        private readonly int _wordsStart; // byte
        private readonly int _impactsStart; // byte
        private byte[]? _row; // of a range
        private int _index; // of the next posting
        private int _next; // its document

        public Cursor(EncodedPostings postings)
        {
            _postings = postings;
            _rangeSize = DocumentRanges.GetSize(postings.MaxDoc);
            _wordsStart = RangeOffsets.GetSize(postings.MaxDoc);
            _impactsStart = _wordsStart + (GetWordCount(postings.MaxDoc) * sizeof(ulong));
            using var pin = postings.Bytes.Pin();
            MoveTo(0, 0, GetWords(postings.Bytes.Span));
        }

        public override int NextDocument => _next;

        public override int Count => _postings.Count;

        public override int MaxImpact => _postings.MaxImpact;

        public override void Accumulate<T>(int start, int end, T consumer)
        {
            using var pin = _postings.Bytes.Pin();
            var bytes = _postings.Bytes.Span;
            end = Math.Min(end, _postings.MaxDoc);
            int first = GetOffsets(bytes)[start / _rangeSize], stop = GetOffsets(bytes)[(start / _rangeSize) + 1];
            var words = GetWords(bytes)[(start / DocumentsPerWord)..(((end - 1) / DocumentsPerWord) + 1)];
            _row ??= ArrayPool<byte>.Shared.Rent(_rangeSize);
            var impacts = GetImpacts(bytes)[first..stop];
            if (ByteExpansion.Expand(MemoryMarshal.AsBytes(words), impacts, _row) != impacts.Length)
            {
                throw CorruptPostings.CreateError();
            }

            consumer.AddRow(_row.AsMemory(0, end - start));
            MoveTo(end, stop, GetWords(bytes));
        }

        public override int ReadBlock(int target, Span<int> documents, Span<int> impacts)
        {
            using var pin = _postings.Bytes.Pin();
            var bytes = _postings.Bytes.Span;
            var words = GetWords(bytes);
            if (target > _next)
            {
                SkipTo(target, bytes);
            }

            var read = 0;
            for (; _next != NoMoreDocs && read < BlockSize; read++)
            {
                (documents[read], impacts[read]) = (_next, GetImpacts(bytes)[_index]);
                MoveTo(_next + 1, _index + 1, words);
            }

            return read;
        }

        public override void Find(ReadOnlySpan<int> documents, Span<int> impacts)
        {
            using var pin = _postings.Bytes.Pin();
            var bytes = _postings.Bytes.Span;
            for (var i = 0; i < documents.Length; i++)
            {
                SkipTo(documents[i], bytes);
                impacts[i] = _next == documents[i] ? GetImpacts(bytes)[_index] : 0;
            }
        }

        public override void ReturnBuffers()
        {
            if (_row is not null)
            {
                ArrayPool<byte>.Shared.Return(_row);
                _row = null;
            }
        }

        // Moves to the first posting at or after a document, and counts the ones before it in its range.
        private void SkipTo(int target, ReadOnlySpan<byte> bytes)
        {
            var words = GetWords(bytes);
            if (target >= _postings.MaxDoc)
            {
                MoveTo(_postings.MaxDoc, Count, words);
                return;
            }

            var index = GetOffsets(bytes)[target / _rangeSize];
            var word = target / _rangeSize * (_rangeSize / DocumentsPerWord);
            for (; word < target / DocumentsPerWord; word++)
            {
                index += BitOperations.PopCount(words[word]);
            }

            MoveTo(target, index + BitOperations.PopCount(words[word] & ~(ulong.MaxValue << target)), words);
        }

        // Moves to the first posting at or after a document. The index is that of this posting.
        private void MoveTo(int target, int index, ReadOnlySpan<ulong> words)
        {
            _index = index;
            for (var word = target / DocumentsPerWord; word < words.Length; word++)
            {
                var bits = words[word] & (word == target / DocumentsPerWord ? ulong.MaxValue << target : ulong.MaxValue);
                if (bits != 0)
                {
                    _next = (word * DocumentsPerWord) + BitOperations.TrailingZeroCount(bits);
                    return;
                }
            }

            _next = NoMoreDocs;
        }

        private ReadOnlySpan<int> GetOffsets(ReadOnlySpan<byte> bytes) =>
            MemoryMarshal.Cast<byte, int>(bytes[.._wordsStart]);

        private ReadOnlySpan<ulong> GetWords(ReadOnlySpan<byte> bytes) =>
            MemoryMarshal.Cast<byte, ulong>(bytes[_wordsStart.._impactsStart]);

        private ReadOnlySpan<byte> GetImpacts(ReadOnlySpan<byte> bytes) => bytes[_impactsStart..];
    }
}
