using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Store;
using Lucene.Net.Util;
using LuceneLsr.Analysis;
using LuceneLsr.Documents;
using LuceneLsr.Indexing;
using LuceneLsr.Tests.Support;

namespace LuceneLsr.Tests.Indexing;

public sealed class ImpactIndexWriterTests : IDisposable
{
    private readonly RAMDirectory _directory = new();
    private readonly ImpactIndexWriter _writer;

    public ImpactIndexWriterTests() => _writer = new ImpactIndexWriter(
        _directory,
        new IndexWriterConfig(LuceneVersion.LUCENE_48, new LsrAnalyzer(new WordEncoder(), new ImpactScale(10))),
        "body", "summary");

    public void Dispose()
    {
        _writer.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public void AddDocument_with_text_field_writes_postings_of_impact_field_without_positions_and_norms()
    {
        _writer.AddDocument(
            [new TextField("body", "cut scenes", Field.Store.YES), new TextField("summary", new StringReader("film"))]);
        using var reader = _writer.GetReader(applyAllDeletes: true);
        Assert.Equal([("cut", 10L), ("film", 5L), ("scenes", 10L)], GetTerms(reader, "body"));
        Assert.Equal([("film", 10L), ("movie", 5L)], GetTerms(reader, "summary"));
        Assert.Equal("cut scenes", reader.Document(0).Get("body"));
        foreach (var field in (string[])["body", "summary"])
        {
            var info = MultiFields.GetMergedFieldInfos(reader).FieldInfo(field);
            Assert.Equal(IndexOptions.DOCS_AND_FREQS, info.IndexOptions);
            Assert.False(info.HasNorms);
        }
    }

    [Fact]
    public void Every_way_to_add_converts_named_fields()
    {
        IIndexableField[] Document(string id) =>
            [new StringField("id", id, Field.Store.NO), new TextField("body", "film", Field.Store.NO)];
        _writer.AddDocument(Document("a"));
        _writer.AddDocuments([Document("b"), Document("c")]);
        _writer.UpdateDocument(new Term("id", "a"), Document("a"));
        _writer.UpdateDocuments(new Term("id", "b"), [Document("b")]);
        using var reader = _writer.GetReader(applyAllDeletes: true);
        Assert.Equal(3, reader.NumDocs);
        Assert.All(reader.Leaves, leaf => Assert.Equal(
            IndexOptions.DOCS_AND_FREQS, leaf.AtomicReader.FieldInfos.FieldInfo("body").IndexOptions));
    }

    [Fact]
    public void AddDocument_leaves_other_fields_and_fields_that_need_no_change()
    {
        _writer.AddDocument(
        [
            new TextField("title", "film", Field.Store.NO), new StoredField("body", "stored"),
            new ImpactField("body", new SparseVector([new("own", 3)]), ImpactScale.Identity),
        ]);
        using var reader = _writer.GetReader(applyAllDeletes: true);
        Assert.Equal([("own", 3L)], GetTerms(reader, "body"));
        Assert.Equal("stored", reader.Document(0).Get("body"));
        Assert.Equal(
            IndexOptions.DOCS_AND_FREQS_AND_POSITIONS,
            MultiFields.GetMergedFieldInfos(reader).FieldInfo("title").IndexOptions);
    }

    [Fact]
    public void AddDocument_named_field_without_text_throws_and_adds_nothing()
    {
        IIndexableField[] fields =
        [
            new Int32Field("body", 3, Field.Store.NO),
            new TextField("body", new ImpactTokenStream(SparseVector.Empty, ImpactScale.Identity)),
        ];
        foreach (var field in fields)
        {
            var error = Assert.Throws<ArgumentException>(() => _writer.AddDocument([field]));
            Assert.Contains("Field 'body' has no text", error.Message, StringComparison.Ordinal);
        }

        Assert.Throws<ArgumentException>(() => _writer.UpdateDocuments(
            new Term("id", "a"), [[new TextField("body", "film", Field.Store.NO)], [fields[0]]]));
        Assert.Equal(0, _writer.NumDocs);
    }

    [Fact]
    public void AddDocument_converts_fields_without_frequencies_with_boost_and_with_term_vectors()
    {
        var type = new FieldType(TextField.TYPE_NOT_STORED) { StoreTermVectors = true };
        _writer.AddDocument(
        [
            new StringField("body", "film", Field.Store.NO), new Field("summary", "cut", type) { Boost = 3 },
        ]);
        using var reader = _writer.GetReader(applyAllDeletes: true);
        Assert.Equal([("film", 10L), ("movie", 5L)], GetTerms(reader, "body"));
        Assert.Equal([("cut", 10L)], GetTerms(reader, "summary"));
        Assert.Null(reader.GetTermVectors(0));
    }

    [Fact]
    public void AddDocument_with_several_versions_fills_each_with_the_text_of_the_field()
    {
        using var directory = new RAMDirectory();
        using var writer = CreateWriter(directory, "body", "body.2");
        writer.AddDocument([new TextField("body", "film", Field.Store.YES), new StoredField("body", "picture")]);
        writer.AddDocument([new ImpactField("body", "cut", Field.Store.NO)]);
        using var reader = writer.GetReader(applyAllDeletes: true);
        Assert.Equal([("cut", 10L), ("film", 10L), ("movie", 5L)], GetTerms(reader, "body"));
        Assert.Equal([("cut", 10L), ("film", 10L), ("movie", 5L)], GetTerms(reader, "body.2"));
        Assert.Equal(["film", "picture"], reader.Document(0).GetValues("body"));
        Assert.Empty(reader.Document(0).GetValues("body.2"));
        Assert.Empty(reader.Document(1).Fields);
    }

    [Fact]
    public void AddDocument_with_another_version_only_stores_the_field_itself()
    {
        using var directory = new RAMDirectory();
        using var writer = CreateWriter(directory, "body.2");
        writer.AddDocument([new TextField("body", "film", Field.Store.YES)]);
        writer.AddDocument([new TextField("body", "cut", Field.Store.NO)]);
        using var reader = writer.GetReader(applyAllDeletes: true);
        Assert.Null(MultiFields.GetTerms(reader, "body"));
        Assert.Equal([("cut", 10L), ("film", 10L), ("movie", 5L)], GetTerms(reader, "body.2"));
        Assert.Equal("film", reader.Document(0).Get("body"));
        Assert.Empty(reader.Document(1).Fields);
    }

    [Fact]
    public void AddDocument_with_several_versions_and_a_vector_throws_and_adds_nothing()
    {
        using var directory = new RAMDirectory();
        using var writer = CreateWriter(directory, "body", "body.2");
        Assert.Throws<ArgumentException>(() => writer.AddDocument(
            [new ImpactField("body", new SparseVector([new("own", 3)]), ImpactScale.Identity)]));
        Assert.Equal(0, writer.NumDocs);
    }

    [Fact]
    public void AddDocument_disposes_readers_of_converted_fields()
    {
        var text = new StringReader("film");
        _writer.AddDocument([new TextField("body", text)]);
        Assert.Throws<ObjectDisposedException>(() => text.Read());
    }

    [Fact]
    public void Create_without_fields_throws_and_takes_no_lock()
    {
        using var directory = new RAMDirectory();
        IndexWriterConfig CreateConfig() => new(LuceneVersion.LUCENE_48, new LsrAnalyzer(new WordEncoder(), new(10)));
        Assert.Throws<ArgumentNullException>("fields", () => new ImpactIndexWriter(directory, CreateConfig(), (string[])null!));
        Assert.Throws<ArgumentNullException>("versions", () => new ImpactIndexWriter(
            directory, CreateConfig(), (Dictionary<string, IEnumerable<string>>)null!));
        using var writer = new ImpactIndexWriter(directory, CreateConfig(), "body");
    }

    private static ImpactIndexWriter CreateWriter(RAMDirectory directory, params string[] versions) => new(
        directory,
        new IndexWriterConfig(LuceneVersion.LUCENE_48, new LsrAnalyzer(new WordEncoder(), new ImpactScale(10))),
        new Dictionary<string, IEnumerable<string>> { ["body"] = versions });

    private static IEnumerable<(string Term, long Impacts)> GetTerms(IndexReader reader, string field)
    {
        var terms = MultiFields.GetTerms(reader, field).GetEnumerator();
        while (terms.MoveNext())
        {
            yield return (terms.Term.Utf8ToString(), terms.TotalTermFreq);
        }
    }
}
