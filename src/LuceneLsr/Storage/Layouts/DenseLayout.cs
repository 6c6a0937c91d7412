using System.Buffers;
using LuceneLsr.Storage.Cursors;
using LuceneLsr.Storage.Packing;

namespace LuceneLsr.Storage.Layouts;

/// <summary>An impact of one byte for each document of the segment, 0 where the term is not in it.</summary>
internal static class DenseLayout
{
    /// <summary>Lays postings out whose impacts are at most 255.</summary>
    public static void Write(
        ReadOnlySpan<int> documents, ReadOnlySpan<int> impacts, int maxDoc, IBufferWriter<byte> into)
    {
        var row = into.GetSpan(maxDoc)[..maxDoc];
        row.Clear();
        for (var at = 0; at < documents.Length; at++)
        {
            row[documents[at]] = checked((byte)impacts[at]);
        }

        into.Advance(maxDoc);
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

        public override void Accumulate<T>(int start, int end, T into)
        {
            using var pin = _postings.Bytes.Pin();
            end = Math.Min(end, _postings.MaxDoc);
            into.AddRow(_postings.Bytes[start..end]);
            MoveTo(end);
        }

        public override int ReadBlock(int from, Span<int> documents, Span<int> impacts)
        {
            using var pin = _postings.Bytes.Pin();
            if (from > _next)
            {
                MoveTo(Math.Min(from, _postings.MaxDoc));
            }

            var row = _postings.Bytes.Span;
            var read = 0;
            while (_next != int.MaxValue && read < PackedBlock.Size)
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
            for (var at = 0; at < documents.Length; at++)
            {
                impacts[at] = row[documents[at]];
            }
        }

        private void MoveTo(int from)
        {
            var ahead = _postings.Bytes.Span[from..].IndexOfAnyExcept((byte)0);
            _next = ahead < 0 ? int.MaxValue : from + ahead;
        }
    }
}
