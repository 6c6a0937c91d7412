using Lucene.Net.Analysis.Core;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Util;
using LuceneLsr.Documents;
using LuceneLsr.Indexing;
using LuceneLsr.Tests.Support;

namespace LuceneLsr.Tests.Indexing;

public sealed class LsrIndexStampTests : IDisposable
{
    private const string Body = ImpactIndex.Body;

    private static readonly WordEncoder Encoder = new();
    private static readonly ImpactScale Scale = new(12.34567f, 4_095);

    private readonly ImpactIndex _index = new(new KeywordAnalyzer());

    public void Dispose() => _index.Dispose();

    [Fact]
    public void Read_after_commit_returns_written_stamp()
    {
        _index.Add("d1");
        LsrIndexStamp.Write(_index.Writer, Body, Encoder, Scale);
        _index.Writer.Commit();
        using var reader = DirectoryReader.Open(_index.Directory);
        Assert.Equal(new LsrIndexStamp("words", Scale), LsrIndexStamp.Read(reader, Body));
        Assert.Equal(new LsrIndexStamp("words", Scale), LsrIndexStamp.Verify(reader, Body, Encoder));
    }

    [Fact]
    public void Commit_by_later_writer_keeps_stamp()
    {
        LsrIndexStamp.Write(_index.Writer, Body, Encoder, Scale);
        _index.Writer.Commit();
        _index.Writer.Dispose();
        using (var writer = new IndexWriter(
            _index.Directory, new IndexWriterConfig(LuceneVersion.LUCENE_48, new KeywordAnalyzer())))
        {
            writer.AddDocument([]);
            writer.Commit();
        }

        using var reader = DirectoryReader.Open(_index.Directory);
        Assert.Equal(Scale, LsrIndexStamp.Verify(reader, Body, Encoder).Scale);
    }

    [Fact]
    public void Verify_with_near_real_time_reader_returns_uncommitted_stamp()
    {
        LsrIndexStamp.Write(_index.Writer, Body, Encoder, Scale);
        using var reader = DirectoryReader.Open(_index.Writer, applyAllDeletes: true);
        Assert.Equal(Scale, LsrIndexStamp.Verify(reader, Body, Encoder).Scale);
    }

    [Fact]
    public void Write_keeps_other_commit_data()
    {
        _index.Writer.SetCommitData(new Dictionary<string, string> { ["application"] = "mine" });
        LsrIndexStamp.Write(_index.Writer, Body, Encoder, Scale);
        LsrIndexStamp.Write(_index.Writer, Body, new WordEncoder { VocabularyId = "newer" }, Scale);
        using var reader = CommitAndOpen();
        Assert.Equal("mine", reader.IndexCommit.UserData["application"]);
        Assert.Equal("newer", LsrIndexStamp.Read(reader, Body)!.VocabularyId);
    }

    [Fact]
    public void Verify_combined_and_filtered_readers_returns_stamp()
    {
        _index.Add("d1");
        LsrIndexStamp.Write(_index.Writer, Body, Encoder, Scale);
        using var reader = CommitAndOpen();
        IndexReader[] readers =
        [
            new MultiReader([reader, new MultiReader([reader], closeSubReaders: false)], closeSubReaders: false),
            new WrappedIndex(reader), reader.Leaves[0].AtomicReader,
            new FilterAtomicReader(reader.Leaves[0].AtomicReader),
        ];
        Assert.All(readers, combined => Assert.Equal(Scale, LsrIndexStamp.Verify(combined, Body, Encoder).Scale));
    }

    [Fact]
    public void Read_leaf_without_commit_and_hidden_index_return_none()
    {
        _index.Add("d1");
        LsrIndexStamp.Write(_index.Writer, Body, Encoder, Scale);
        using var reader = DirectoryReader.Open(_index.Writer, applyAllDeletes: true);
        Assert.Null(LsrIndexStamp.Read(reader.Leaves[0].AtomicReader, Body));
        using var hidden = new MultiReader(
            [reader, new ParallelAtomicReader(closeSubReaders: false, reader.Leaves[0].AtomicReader)],
            closeSubReaders: false);
        Assert.Null(LsrIndexStamp.Read(hidden, Body));
    }

    [Fact]
    public void Ensure_stamps_new_index_and_accepts_same_stamp()
    {
        LsrIndexStamp.Ensure(_index.Writer, Body, Encoder, Scale);
        using (var reader = CommitAndOpen())
        {
            Assert.Equal(new LsrIndexStamp("words", Scale), LsrIndexStamp.Read(reader, Body));
        }

        LsrIndexStamp.Ensure(_index.Writer, Body, Encoder, Scale);
    }

    [Fact]
    public void Stamps_of_two_fields_are_independent()
    {
        LsrIndexStamp.Ensure(_index.Writer, Body, Encoder, Scale);
        LsrIndexStamp.Ensure(_index.Writer, "next", new WordEncoder { VocabularyId = "newer" }, ImpactScale.Identity);
        using var reader = CommitAndOpen();
        Assert.Equal(new LsrIndexStamp("words", Scale), LsrIndexStamp.Read(reader, Body));
        Assert.Equal(new LsrIndexStamp("newer", ImpactScale.Identity), LsrIndexStamp.Read(reader, "next"));
        Assert.Null(LsrIndexStamp.Read(reader, "other"));
    }

    [Fact]
    public void Ensure_field_that_something_else_filled_throws_and_changes_nothing()
    {
        _index.Add("d1", new StringField(Body, "a", Field.Store.NO));
        _index.Writer.Commit();
        var error = Assert.Throws<InvalidOperationException>(
            () => LsrIndexStamp.Ensure(_index.Writer, Body, Encoder, Scale));
        Assert.Contains("Field 'body'", error.Message, StringComparison.Ordinal);
        Assert.Contains("something else filled it", error.Message, StringComparison.Ordinal);
        Assert.True(_index.Writer.IsClosed);
        using var reader = DirectoryReader.Open(_index.Directory);
        Assert.Null(LsrIndexStamp.Read(reader, Body));
    }

    [Fact]
    public void Ensure_index_with_other_encoder_or_scale_throws_with_both_and_closes_writer()
    {
        Fill();
        LsrIndexStamp.Write(_index.Writer, Body, Encoder, Scale);
        _index.Writer.Commit();
        var newer = new WordEncoder { VocabularyId = "newer" };
        var error = Assert.Throws<InvalidOperationException>(
            () => LsrIndexStamp.Ensure(_index.Writer, Body, newer, Scale));
        Assert.Contains("words", error.Message, StringComparison.Ordinal);
        Assert.Contains("newer", error.Message, StringComparison.Ordinal);
        Assert.True(_index.Writer.IsClosed);
        using var writer = new IndexWriter(
            _index.Directory, new IndexWriterConfig(LuceneVersion.LUCENE_48, new KeywordAnalyzer()));
        Assert.Throws<InvalidOperationException>(
            () => LsrIndexStamp.Ensure(writer, Body, Encoder, ImpactScale.Identity));
    }

    [Fact]
    public void Read_after_commit_returns_identity_of_encoder()
    {
        var identity = new EncoderIdentity("english", "f1", "Text, Porter");
        LsrIndexStamp.Write(_index.Writer, Body, new WordEncoder { Identity = identity }, Scale);
        using var reader = CommitAndOpen();
        var found = LsrIndexStamp.Read(reader, Body)!.Encoder!;
        Assert.Equal(("english", "f1", "Text, Porter"), (found.Name, found.Fingerprint, found.TermRule));
    }

    [Fact]
    public void Write_encoder_without_identity_removes_identity_of_former_one()
    {
        LsrIndexStamp.Write(_index.Writer, Body, CreateNamed("one", "f1"), Scale);
        LsrIndexStamp.Write(_index.Writer, Body, Encoder, Scale);
        using var reader = CommitAndOpen();
        Assert.Equal(new LsrIndexStamp("words", Scale), LsrIndexStamp.Read(reader, Body));
    }

    [Fact]
    public void Verify_other_encoder_of_same_vocabulary_throws_with_both_names_unless_allowed()
    {
        LsrIndexStamp.Write(_index.Writer, Body, CreateNamed("one", "f1"), Scale);
        using var reader = CommitAndOpen();
        var other = CreateNamed("two", "f2");
        var error = Assert.Throws<InvalidOperationException>(() => LsrIndexStamp.Verify(reader, Body, other));
        Assert.Contains("'one' (f1; Text, None)", error.Message, StringComparison.Ordinal);
        Assert.Contains("'two' (f2; Text, None)", error.Message, StringComparison.Ordinal);
        Assert.Equal("f1", LsrIndexStamp.Verify(reader, Body, other, allowOtherEncoder: true).Encoder!.Fingerprint);
    }

    [Fact]
    public void Verify_encoder_without_identity_or_under_another_name_returns_stamp()
    {
        LsrIndexStamp.Write(_index.Writer, Body, CreateNamed("one", "f1"), Scale);
        using var reader = CommitAndOpen();
        Assert.Equal(Scale, LsrIndexStamp.Verify(reader, Body, Encoder).Scale);
        Assert.Equal(Scale, LsrIndexStamp.Verify(reader, Body, CreateNamed("moved", "f1")).Scale);
    }

    [Fact]
    public void Verify_other_vocabulary_throws_even_if_other_encoders_are_allowed()
    {
        LsrIndexStamp.Write(_index.Writer, Body, Encoder, Scale);
        using var reader = CommitAndOpen();
        var other = new WordEncoder { VocabularyId = "pieces" };
        Assert.Throws<InvalidOperationException>(
            () => LsrIndexStamp.Verify(reader, Body, other, allowOtherEncoder: true));
    }

    [Fact]
    public void Ensure_other_encoder_of_same_vocabulary_throws_with_both_names_and_closes_writer()
    {
        LsrIndexStamp.Ensure(_index.Writer, Body, CreateNamed("one", "f1"), Scale);
        Fill();
        var error = Assert.Throws<InvalidOperationException>(
            () => LsrIndexStamp.Ensure(_index.Writer, Body, CreateNamed("two", "f2"), Scale));
        Assert.Contains("'one' (f1; Text, None)", error.Message, StringComparison.Ordinal);
        Assert.Contains("'two' (f2; Text, None)", error.Message, StringComparison.Ordinal);
        Assert.True(_index.Writer.IsClosed);
    }

    [Fact]
    public void Ensure_other_encoder_that_is_allowed_keeps_stamp()
    {
        LsrIndexStamp.Ensure(_index.Writer, Body, CreateNamed("one", "f1"), Scale);
        Fill();
        LsrIndexStamp.Ensure(_index.Writer, Body, CreateNamed("two", "f2"), Scale, allowOtherEncoder: true);
        using var reader = CommitAndOpen();
        Assert.Equal("one", LsrIndexStamp.Read(reader, Body)!.Encoder!.Name);
        Assert.Throws<InvalidOperationException>(() => LsrIndexStamp.Ensure(
            _index.Writer, Body, CreateNamed("two", "f2"), ImpactScale.Identity, allowOtherEncoder: true));
    }

    [Fact]
    public void Read_indexes_with_different_stamps_throws_with_both()
    {
        using var other = new ImpactIndex(new KeywordAnalyzer());
        LsrIndexStamp.Write(_index.Writer, Body, Encoder, Scale);
        LsrIndexStamp.Write(other.Writer, Body, new WordEncoder { VocabularyId = "newer" }, Scale);
        using var reader = CommitAndOpen();
        using var otherReader = DirectoryReader.Open(other.Writer, applyAllDeletes: true);
        using var both = new MultiReader([reader, otherReader], closeSubReaders: false);
        var error = Assert.Throws<InvalidOperationException>(() => LsrIndexStamp.Read(both, Body));
        Assert.Contains("newer", error.Message, StringComparison.Ordinal);
        Assert.Contains("words", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Verify_indexes_of_two_encoders_of_one_vocabulary_throws_unless_allowed()
    {
        using var other = new ImpactIndex(new KeywordAnalyzer());
        LsrIndexStamp.Write(_index.Writer, Body, CreateNamed("one", "f1"), Scale);
        LsrIndexStamp.Write(other.Writer, Body, CreateNamed("two", "f2"), Scale);
        using var reader = CommitAndOpen();
        using var otherReader = DirectoryReader.Open(other.Writer, applyAllDeletes: true);
        using var both = new MultiReader([reader, otherReader], closeSubReaders: false);
        Assert.Throws<InvalidOperationException>(() => LsrIndexStamp.Verify(both, Body, CreateNamed("one", "f1")));
        Assert.Equal(
            Scale, LsrIndexStamp.Verify(both, Body, CreateNamed("one", "f1"), allowOtherEncoder: true).Scale);
    }

    [Fact]
    public void Read_indexes_with_and_without_identity_returns_identity()
    {
        using var other = new ImpactIndex(new KeywordAnalyzer());
        LsrIndexStamp.Write(_index.Writer, Body, CreateNamed("one", "f1"), Scale);
        LsrIndexStamp.Write(other.Writer, Body, Encoder, Scale);
        using var reader = CommitAndOpen();
        using var otherReader = DirectoryReader.Open(other.Writer, applyAllDeletes: true);
        using var both = new MultiReader([reader, otherReader], closeSubReaders: false);
        Assert.Equal("f1", LsrIndexStamp.Read(both, Body)!.Encoder!.Fingerprint);
    }

    [Fact]
    public void Read_indexes_with_and_without_stamp_returns_none()
    {
        using var other = new ImpactIndex(new KeywordAnalyzer());
        LsrIndexStamp.Write(_index.Writer, Body, Encoder, Scale);
        using var reader = CommitAndOpen();
        using var otherReader = DirectoryReader.Open(other.Writer, applyAllDeletes: true);
        using var both = new MultiReader([reader, otherReader], closeSubReaders: false);
        Assert.Null(LsrIndexStamp.Read(both, Body));
    }

    [Fact]
    public void Verify_index_without_stamp_throws()
    {
        using var reader = CommitAndOpen();
        Assert.Null(LsrIndexStamp.Read(reader, Body));
        var error = Assert.Throws<InvalidOperationException>(() => LsrIndexStamp.Verify(reader, Body, Encoder));
        Assert.Contains("has no LSR stamp", error.Message, StringComparison.Ordinal);
        Assert.Contains("Index again", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Verify_other_vocabulary_throws_with_both_ids()
    {
        LsrIndexStamp.Write(_index.Writer, Body, Encoder, Scale);
        using var reader = CommitAndOpen();
        var error = Assert.Throws<InvalidOperationException>(
            () => LsrIndexStamp.Verify(reader, Body, new WordEncoder { VocabularyId = "pieces" }));
        Assert.Contains("'words'", error.Message, StringComparison.Ordinal);
        Assert.Contains("'pieces'", error.Message, StringComparison.Ordinal);
        Assert.Contains("Index again", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("LuceneLsr.body.ImpactFactor", "ten")]
    [InlineData("LuceneLsr.body.ImpactMaximum", "1.5")]
    public void Verify_corrupt_stamp_throws_with_entry(string key, string value)
    {
        LsrIndexStamp.Write(_index.Writer, Body, Encoder, Scale);
        _index.Writer.SetCommitData(new Dictionary<string, string>(_index.Writer.CommitData) { [key] = value });
        using var reader = CommitAndOpen();
        var error = Assert.Throws<InvalidDataException>(() => LsrIndexStamp.Verify(reader, Body, Encoder));
        Assert.Contains($"'{key}' is '{value}'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Ensure_other_encoder_of_field_without_terms_replaces_stamp()
    {
        LsrIndexStamp.Ensure(_index.Writer, Body, CreateNamed("one", "f1"), Scale);
        LsrIndexStamp.Ensure(_index.Writer, Body, CreateNamed("two", "f2"), ImpactScale.Identity);
        using var reader = CommitAndOpen();
        Assert.Equal("two", LsrIndexStamp.Read(reader, Body)!.Encoder!.Name);
    }

    private void Fill() =>
        _index.Add("d1", new ImpactField(Body, new SparseVector([new("term", 1)]), ImpactScale.Identity));

    private static WordEncoder CreateNamed(string name, string fingerprint) =>
        new() { Identity = new EncoderIdentity(name, fingerprint, "Text, None") };

    private DirectoryReader CommitAndOpen()
    {
        _index.Writer.Commit();
        return DirectoryReader.Open(_index.Directory);
    }

    private sealed class WrappedIndex(DirectoryReader reader) : FilterDirectoryReader(reader)
    {
        protected override DirectoryReader DoWrapDirectoryReader(DirectoryReader reader) => new WrappedIndex(reader);
    }
}
