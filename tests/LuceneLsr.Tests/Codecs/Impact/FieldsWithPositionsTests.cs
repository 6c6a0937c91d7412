using Lucene.Net.Analysis.Core;
using Lucene.Net.Codecs;
using Lucene.Net.Codecs.Lucene46;
using Lucene.Net.Codecs.PerField;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Store;
using Lucene.Net.Util;
using LuceneLsr.Codecs.Impact;
using LuceneLsr.Documents;
using LuceneLsr.Search;
using LuceneLsr.TestSupport;

namespace LuceneLsr.Tests.Codecs.Impact;

/// <summary>Fields of an <see cref="ImpactCodec"/> that are not indexed as impacts.</summary>
public sealed class FieldsWithPositionsTests : IDisposable
{
    private const string Body = "body";
    private const string Title = "title";

    private readonly RAMDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Search_segments_with_and_without_positions_finds_both()
    {
        using var writer = CreateWriter(new ImpactCodec(Body, Title));
        AddMixedSegments(writer);
        using var reader = writer.GetReader(applyAllDeletes: true);
        Assert.Equal(["Lucene41", ImpactFile.FormatName], reader.Leaves.Select(GetFormat));
        AssertHits(reader, new ImpactQuery(Body, [new("a", 2)]), (1, 18), (0, 4));
        AssertHits(reader, new ImpactQuery(Title, [new("a", 3)]), (0, 3)); // without frequencies
    }

    // A field that has no positions in one segment has none after a merge.
    [Fact]
    public void Merge_segments_with_and_without_positions_stores_impacts()
    {
        using var writer = CreateWriter(new ImpactCodec(Body));
        AddMixedSegments(writer);
        writer.ForceMerge(1);
        using var reader = writer.GetReader(applyAllDeletes: true);
        Assert.Equal([ImpactFile.FormatName], reader.Leaves.Select(GetFormat));
        AssertHits(reader, new ImpactQuery(Body, [new("a", 2)]), (1, 18), (0, 4));
    }

    [Fact]
    public void Commit_segment_with_positions_keeps_all_documents()
    {
        using (var writer = CreateWriter(new ImpactCodec(Body, Title)))
        {
            writer.AddDocument([Impact(Title, "a", 5)]);
            writer.AddDocument([new TextField(Body, "a b a", Field.Store.NO)]);
            writer.Commit();
        }

        Assert.True(new CheckIndex(_directory).DoCheckIndex().Clean);
        using var reader = DirectoryReader.Open(_directory);
        AssertHits(reader, new ImpactQuery(Title, [new("a", 1)]), (0, 5));
        AssertHits(reader, new ImpactQuery(Body, [new("a", 1)]), (1, 2));
        AssertHits(reader, new PhraseQuery { new Term(Body, "a"), new Term(Body, "b") }, (1, 1));
    }

    [Fact]
    public void Commit_segment_that_mixes_text_and_impact_fields_stores_impacts()
    {
        using var writer = CreateWriter(new ImpactCodec(Body));
        writer.AddDocument([new TextField(Body, "a b a", Field.Store.NO)]);
        writer.AddDocument([Impact(Body, "a", 9)]);
        using var reader = writer.GetReader(applyAllDeletes: true);
        Assert.Equal([ImpactFile.FormatName], reader.Leaves.Select(GetFormat));
        AssertHits(reader, new ImpactQuery(Body, [new("a", 2)]), (1, 18), (0, 4));
    }

    [Fact]
    public void Search_mapped_and_copied_segment_with_positions_finds_documents()
    {
        using var folder = new TemporaryFolder();
        using var disk = FSDirectory.Open(folder.Path);
        using (var writer = CreateWriter(new ImpactCodec(Body), disk))
        {
            writer.AddDocument([new TextField(Body, "a b a", Field.Store.NO)]);
        }

        using var copies = CreateWriter(new ImpactCodec(Body));
        copies.AddIndexes(disk);
        using var reader = DirectoryReader.Open(disk);
        using var copied = copies.GetReader(applyAllDeletes: true);
        AssertHits(reader, new ImpactQuery(Body, [new("a", 2)]), (0, 4));
        AssertHits(copied, new ImpactQuery(Body, [new("a", 2)]), (0, 4));
    }

    // Lucene drops the frequencies of a field that has none in one of the merged segments.
    [Fact]
    public void Merge_that_would_lose_impacts_throws_and_keeps_segments()
    {
        using (var writer = CreateWriter(new ImpactCodec(Body)))
        {
            writer.AddDocument([Impact(Body, "a", 9)]);
            writer.Commit();
            writer.AddDocument([new StringField(Body, "a", Field.Store.NO)]);
            writer.Commit();
            var error = Assert.ThrowsAny<Exception>(() => writer.ForceMerge(1));
            Assert.Contains("Field 'body' is indexed without frequencies", error.ToString(), StringComparison.Ordinal);
        }

        using var reader = DirectoryReader.Open(_directory);
        AssertHits(reader, new ImpactQuery(Body, [new("a", 2)]), (0, 18), (1, 2));
    }

    [Fact]
    public void Commit_field_with_positions_in_format_without_impact_codec_throws_with_field_name()
    {
        using var writer = CreateWriter(new OneFormatCodec(new ImpactPostingsFormat()));
        writer.AddDocument([new TextField(Title, "a b", Field.Store.NO)]);
        var error = Assert.Throws<ArgumentException>(writer.Commit);
        Assert.Contains("Field 'title'", error.Message, StringComparison.Ordinal);
        Assert.Contains("Use an ImpactCodec", error.Message, StringComparison.Ordinal);
    }

    private static void AddMixedSegments(IndexWriter writer)
    {
        writer.AddDocument(
            [new TextField(Body, "a b a", Field.Store.NO), new StringField(Title, "a", Field.Store.NO)]);
        writer.Commit();
        writer.AddDocument([Impact(Body, "a", 9)]);
        writer.Commit();
    }

    private static ImpactField Impact(string field, string term, int impact) =>
        new(field, new SparseVector([new(term, impact)]), ImpactScale.Identity);

    private static string GetFormat(AtomicReaderContext leaf) =>
        leaf.AtomicReader.FieldInfos.FieldInfo(Body).GetAttribute(PerFieldPostingsFormat.PER_FIELD_FORMAT_KEY);

    private static void AssertHits(IndexReader reader, Query query, params (int, float)[] expected)
    {
        var searcher = new ImpactSearcher(reader);
        Assert.Equal(expected, searcher.Search(query, 10).ScoreDocs.Select(hit => (hit.Doc, hit.Score)));
    }

    private IndexWriter CreateWriter(Codec codec, Lucene.Net.Store.Directory? directory = null) => new(
        directory ?? _directory,
        new IndexWriterConfig(LuceneVersion.LUCENE_48, new WhitespaceAnalyzer(LuceneVersion.LUCENE_48))
        {
            Codec = codec,
            MergeScheduler = new SerialMergeScheduler(), // throws on the thread of the test
        });

    [CodecName("Lucene46")]
    private sealed class OneFormatCodec(PostingsFormat format) : FilterCodec(new Lucene46Codec())
    {
        public override PostingsFormat PostingsFormat => format;
    }
}
