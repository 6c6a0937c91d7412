using System.Buffers;
using LuceneLsr.Storage.Cursors;

namespace LuceneLsr.Storage.Layouts;

/// <summary>
/// The layout of frequent terms in the fast setting and in the cache: one byte per document of the segment with its
/// impact, 0 for a document without the term.
/// </summary>
internal static class DenseLayout
{
    /// <summary>Writes postings whose impacts are at most 255.</summary>
    public static void Write(
        ReadOnlySpan<int> documents, ReadOnlySpan<int> impacts, int maxDoc, IBufferWriter<byte> output)
    {
        var row = output.GetSpan(maxDoc)[..maxDoc];
        row.Clear();
        for (var i = 0; i < documents.Length; i++)
        {
            row[documents[i]] = checked((byte)impacts[i]);
        }

        output.Advance(maxDoc);
    }

    /// <summary>Reads the row.</summary>
    public sealed class Cursor : BlockCursor
    {
        private readonly EncodedPostings _postings;
        private int _next;

        public Cursor(EncodedPostings postings)
        {
            _postings = postings;
            using var pin = postings.Bytes.Pin();
            MoveTo(0);
        }

        public override int NextDocument => _next;

        public override int Count => _postings.Count;

        public override int MaxImpact => _postings.MaxImpact;

        public override void Accumulate<T>(int start, int end, T consumer)
        {
            using var pin = _postings.Bytes.Pin();
            end = Math.Min(end, _postings.MaxDoc);
            consumer.AddRow(_postings.Bytes[start..end]);
            MoveTo(end);
        }

        public override int ReadBlock(int target, Span<int> documents, Span<int> impacts)
        {
            using var pin = _postings.Bytes.Pin();
            if (target > _next)
            {
                MoveTo(Math.Min(target, _postings.MaxDoc));
            }

            var row = _postings.Bytes.Span;
            var read = 0;
            while (_next != NoMoreDocs && read < BlockSize)
            {
                (documents[read], impacts[read]) = (_next, row[_next]);
                read++;
                MoveTo(_next + 1);
            }

            return read;
        }

        public override void Find(ReadOnlySpan<int> documents, Span<int> impacts)
        {
            using var pin = _postings.Bytes.Pin();
            var row = _postings.Bytes.Span;
            for (var i = 0; i < documents.Length; i++)
            {
                impacts[i] = row[documents[i]];
            }
        }

        // Moves to the first posting at or after a document.
        private void MoveTo(int target)
        {
            var distance = _postings.Bytes.Span[target..].IndexOfAnyExcept((byte)0);
            _next = distance < 0 ? NoMoreDocs : target + distance;
        }
    }
}
