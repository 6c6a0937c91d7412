using System.Buffers;
using CsCheck;
using Lucene.Net.Index;
using LuceneLsr.Storage;
using LuceneLsr.Storage.Cursors;
using LuceneLsr.Storage.Layouts;

namespace LuceneLsr.Tests.Storage.Layouts;

/// <summary>Writes postings in each layout and reads them back in all ways.</summary>
public class PostingLayoutsTests
{
    private static readonly PostingLayout[] Layouts = Enum.GetValues<PostingLayout>();

    // A share of the documents in up to three ranges, with impacts of one byte.
    private static readonly Gen<(int MaxDoc, int[] Documents, int[] Impacts)> Postings = Gen.Select(
        Gen.OneOf(Gen.Int[1, 300], Gen.Int[16_300, 40_000]), Gen.Double[0.0005, 1], Gen.Int).Select(
        (maxDoc, share, seed) =>
        {
            var random = new Random(seed);
            var documents = Enumerable.Range(0, maxDoc).Where(_ => random.NextDouble() < share).ToArray();
            documents = documents.Length == 0 ? [random.Next(maxDoc)] : documents;
            return (maxDoc, documents, documents.Select(_ => random.Next(1, 256)).ToArray());
        });

    [Fact]
    public void Accumulate_ranges_in_order_returns_postings() => Postings.Sample(
        postings => Assert.All(Layouts, layout =>
        {
            var cursor = Write(layout, postings);
            var found = new List<(int, int)>();
            var size = DocumentRanges.GetSize(postings.MaxDoc);
            for (var start = 0; start < postings.MaxDoc; start += size)
            {
                cursor.Accumulate(start, start + size, new Recorder(found, start));
            }

            Assert.Equal(postings.Documents.Zip(postings.Impacts), found);
            Assert.Equal(PostingCursor.NoMoreDocs, cursor.NextDocument);
        }),
        iter: 30);

    [Fact]
    public void Read_blocks_from_targets_returns_postings_at_or_after_them() => Gen.Select(
        Postings, Gen.Int[0, 20_000].Array[1, 20]).Sample(
        (postings, steps) => Assert.All(Layouts, layout =>
        {
            var cursor = Write(layout, postings);
            var expected = postings.Documents.Zip(postings.Impacts).ToList();
            int[] documents = new int[BlockCursor.BlockSize], impacts = new int[BlockCursor.BlockSize];
            var target = 0;
            foreach (var step in steps)
            {
                target += step;
                expected.RemoveAll(posting => posting.First < target);
                var read = cursor.ReadBlock(target, documents, impacts);
                Assert.Equal(expected.Count == 0, read == 0);
                Assert.Equal(expected.Take(read), documents.Zip(impacts).Take(read));
                expected.RemoveRange(0, read);
                target = Math.Max(target, read > 0 ? documents[read - 1] + 1 : 0);
            }
        }),
        iter: 30);

    [Fact]
    public void Find_documents_returns_their_impacts_or_zero() => Gen.Select(Postings, Gen.Int).Sample(
        (postings, seed) => Assert.All(Layouts, layout =>
        {
            var random = new Random(seed);
            var asked = Enumerable.Range(0, 50).Select(_ => random.Next(postings.MaxDoc)).Order().ToArray();
            var impacts = new int[asked.Length];
            Write(layout, postings).Find(asked, impacts);
            var all = postings.Documents.Zip(postings.Impacts).ToDictionary();
            Assert.Equal(asked.Select(document => all.GetValueOrDefault(document)), impacts);
        }),
        iter: 30);

    [Fact]
    public void Accumulate_bitmap_with_a_bit_too_many_or_too_few_throws()
    {
        const int maxDoc = 100;
        int[] documents = [.. Enumerable.Range(0, maxDoc).Where(document => document % 2 == 0)];
        foreach (var change in new byte[] { 0b01, 0b10 })
        {
            var bytes = Encode(PostingLayout.Bitmap, (maxDoc, documents, documents));
            bytes[2 * sizeof(int)] ^= change;
            var cursor = new EncodedPostings(PostingLayout.Bitmap, documents.Length, 255, maxDoc, bytes).OpenCursor();
            Assert.Throws<CorruptIndexException>(() => CorruptPostings.Detect(() =>
            {
                cursor.Accumulate(0, maxDoc, new Recorder([], 0));
                return true;
            }));
        }
    }

    private static BlockCursor Write(PostingLayout layout, (int MaxDoc, int[] Documents, int[] Impacts) postings) =>
        new EncodedPostings(
            layout, postings.Documents.Length, postings.Impacts.Max(), postings.MaxDoc, Encode(layout, postings))
            .OpenCursor();

    private static byte[] Encode(PostingLayout layout, (int MaxDoc, int[] Documents, int[] Impacts) postings)
    {
        var output = new ArrayBufferWriter<byte>();
        PostingLayouts.Write(layout, postings.Documents, postings.Impacts, postings.MaxDoc, output);
        Assert.True(
            layout == PostingLayout.Packed
            || output.WrittenCount == PostingLayouts.GetSize(layout, postings.Documents.Length, postings.MaxDoc));
        return output.WrittenSpan.ToArray();
    }

    private readonly struct Recorder(List<(int Document, int Impact)> found, int start) : IPostingConsumer
    {
        public void Add(int localId, int impact) => found.Add((start + localId, impact));

        public void AddRow(ReadOnlyMemory<byte> impacts)
        {
            for (var localId = 0; localId < impacts.Length; localId++)
            {
                if (impacts.Span[localId] != 0)
                {
                    Add(localId, impacts.Span[localId]);
                }
            }
        }
    }
}
