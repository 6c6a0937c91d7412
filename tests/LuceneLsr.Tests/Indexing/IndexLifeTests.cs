using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Store;
using Lucene.Net.Util;
using LuceneLsr.Analysis;
using LuceneLsr.Codecs.Impact;
using LuceneLsr.Documents;
using LuceneLsr.Indexing;
using LuceneLsr.Search;
using LuceneLsr.TestSupport;
using LuceneLsr.Tests.Support;
using LuceneDirectory = Lucene.Net.Store.Directory;

namespace LuceneLsr.Tests.Indexing;

/// <summary>What happens to the indexes of an application: backup, move and combination.</summary>
public sealed class IndexLifeTests : IDisposable
{
    private const string Body = ImpactIndex.Body;

    private static readonly ImpactScale Scale = new(10);

    private readonly TemporaryFolder _folder = new();
    private readonly LsrAnalyzer _analyzer = new(new WordEncoder(), Scale);

    public void Dispose()
    {
        _analyzer.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Snapshot_copied_during_updates_has_stamp_and_hits_of_its_commit()
    {
        var policy = new SnapshotDeletionPolicy(new KeepOnlyLastCommitDeletionPolicy());
        using var directory = FSDirectory.Open(_folder.File("live"));
        using var backup = FSDirectory.Open(_folder.File("backup"));
        using var writer = CreateWriter(directory, policy);
        Add(writer, "d1", "red film");
        Add(writer, "d2", "blue film");
        writer.Commit();
        var snapshot = ((SnapshotDeletionPolicy)writer.Config.IndexDeletionPolicy).Snapshot();
        writer.DeleteDocuments(new Term("id", "d1"));
        writer.ForceMerge(1);
        writer.Commit();
        foreach (var file in snapshot.FileNames)
        {
            directory.Copy(backup, file, file, IOContext.READ_ONCE);
        }

        ((SnapshotDeletionPolicy)writer.Config.IndexDeletionPolicy).Release(snapshot);
        Assert.Equal(["d1"], Find(backup, "red"));
        Assert.Empty(Find(directory, "red"));
        Assert.Equal(["d2"], Find(directory, "blue"));
    }

    [Fact]
    public void Index_moved_to_another_folder_is_searched_and_written_there()
    {
        using (var directory = FSDirectory.Open(_folder.File("old")))
        using (var writer = CreateWriter(directory))
        {
            Add(writer, "d1", "red film");
        }

        System.IO.Directory.Move(_folder.File("old"), _folder.File("new"));
        using var moved = FSDirectory.Open(_folder.File("new"), new ExclusiveLockFactory());
        using (var writer = CreateWriter(moved))
        {
            Add(writer, "d2", "red car");
        }

        Assert.Equal(["d1", "d2"], Find(moved, "red"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Indexes_of_one_encoder_are_combined_from_directories_and_readers(bool usesReaders)
    {
        using RAMDirectory one = new(), two = new(), combined = new();
        using (var writer = CreateWriter(one))
        {
            Add(writer, "d1", "red film");
        }

        using (var writer = new IndexWriter(two, new IndexWriterConfig(LuceneVersion.LUCENE_48, _analyzer)))
        {
            LsrIndexStamp.Ensure(writer, Body, _analyzer.Encoder, Scale); // another codec
            Add(writer, "d2", "red car");
        }

        using (var writer = CreateWriter(combined))
        {
            Combine(writer, usesReaders, one, two);
        }

        Assert.Equal(["d1", "d2"], Find(combined, "red"));
    }

    [Fact]
    public void Index_of_another_encoder_is_refused_before_it_is_combined()
    {
        using RAMDirectory other = new();
        using (var writer = new IndexWriter(other, new IndexWriterConfig(LuceneVersion.LUCENE_48, _analyzer)))
        {
            LsrIndexStamp.Ensure(writer, Body, new WordEncoder { VocabularyId = "pieces" }, Scale);
        }

        using var reader = DirectoryReader.Open(other);
        Assert.Throws<InvalidOperationException>(() => LsrIndexStamp.Verify(reader, Body, _analyzer.Encoder));
    }

    private IndexWriter CreateWriter(LuceneDirectory directory, IndexDeletionPolicy? policy = null)
    {
        var config = new IndexWriterConfig(LuceneVersion.LUCENE_48, _analyzer) { Codec = new ImpactCodec(Body) };
        config.IndexDeletionPolicy = policy ?? config.IndexDeletionPolicy;
        var writer = new IndexWriter(directory, config);
        LsrIndexStamp.Ensure(writer, Body, _analyzer.Encoder, Scale);
        return writer;
    }

    private void Combine(IndexWriter writer, bool usesReaders, params LuceneDirectory[] sources)
    {
        var readers = Array.ConvertAll(sources, DirectoryReader.Open);
        Assert.All(readers, reader => LsrIndexStamp.Verify(reader, Body, _analyzer.Encoder));
        if (usesReaders)
        {
            writer.AddIndexes(readers);
        }
        else
        {
            writer.AddIndexes(sources);
        }

        Array.ForEach(readers, reader => reader.Dispose());
    }

    private static void Add(IndexWriter writer, string id, string text) => writer.AddDocument(
        [new StringField("id", id, Field.Store.YES), new ImpactField(Body, text, Field.Store.NO)]);

    private string[] Find(LuceneDirectory directory, string text)
    {
        using var reader = DirectoryReader.Open(directory);
        LsrIndexStamp.Verify(reader, Body, _analyzer.Encoder);
        var query = new ImpactQuery(Body, Scale.Quantize(_analyzer.Encoder.Encode(text, TextSide.Query)));
        var searcher = new ImpactSearcher(reader);
        return [.. searcher.Search(query, 10).ScoreDocs.Select(hit => searcher.Doc(hit.Doc).Get("id")).Order()];
    }
}
