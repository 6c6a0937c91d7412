using Lucene.Net.Analysis;
using Lucene.Net.Analysis.Core;
using Lucene.Net.Analysis.Miscellaneous;
using Lucene.Net.Codecs;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Store;
using Lucene.Net.Util;
using LuceneLsr.Analysis;
using LuceneLsr.Documents;
using LuceneLsr.Indexing;
using LuceneLsr.TestSupport;
using LuceneLsr.Tests.Support;
using LuceneLsr.Upgrades;

namespace LuceneLsr.Tests.Upgrades;

/// <summary>
/// An index in memory whose field "body" is filled by words, and is to be filled by reversed words. Its documents also
/// have fields that cannot be rebuilt from what is stored.
/// </summary>
internal sealed class UpgradableIndex : IDisposable
{
    public const string Body = "body";
    public const string Next = "body.2";

    public static readonly ImpactScale Scale = new(10);

    private static readonly FieldType TitleType = new FieldType(TextField.TYPE_NOT_STORED)
    {
        StoreTermVectors = true,
        StoreTermVectorPositions = true,
    }.Freeze();

    private readonly Dictionary<string, string> _texts = [];
    private readonly TemporaryFolder _work = new();
    private readonly MergePolicy _merges;
    private readonly Codec? _codec;
    private readonly IMergeScheduler _scheduler;
    private readonly PerFieldAnalyzerWrapper _analyzer;

    public UpgradableIndex(MergePolicy? merges = null, Codec? codec = null, IMergeScheduler? scheduler = null)
    {
        (_merges, _codec) = (merges ?? NoMergePolicy.COMPOUND_FILES, codec);
        _scheduler = scheduler ?? new SerialMergeScheduler(); // an error reaches the test
        New = new LsrAnalyzer(Encoder, Scale);
        _analyzer = new PerFieldAnalyzerWrapper(
            new WhitespaceAnalyzer(LuceneVersion.LUCENE_48),
            new Dictionary<string, Analyzer>
            {
                [Body] = new LsrAnalyzer(new WordEncoder(), Scale),
                [Next] = new LsrAnalyzer(new ReversingEncoder(), Scale),
            });
        Writer = CreateWriter();
    }

    /// <summary>Gets the encoder of upgrades. The application has one of its own.</summary>
    public ReversingEncoder Encoder { get; } = new();

    public LsrAnalyzer New { get; }

    public RAMDirectory Directory { get; } = new();

    public IndexWriter Writer { get; private set; }

    public string WorkFolder => _work.File("work");

    public EncoderUpgradeOptions Options => new()
    {
        Field = Body, NewField = Next, Analyzer = New, WorkFolder = WorkFolder, BatchSize = 3,
    };

    /// <summary>Adds a document or replaces the one with its id.</summary>
    /// <param name="id">The id.</param>
    /// <param name="text">The text of the body.</param>
    /// <param name="isNew">Whether the document gets the new field, too.</param>
    public void Save(string id, string text, bool isNew = false)
    {
        _texts[id] = text;
        Writer.UpdateDocument(new Term("id", id),
        [
            new StringField("id", id, Field.Store.YES),
            new ImpactField(Body, text, Field.Store.YES),
            new Field("title", $"about {text}", TitleType),
            new NumericDocValuesField("length", text.Length),
            .. isNew ? new IIndexableField[] { new ImpactField(Next, text, Field.Store.NO) } : [],
        ]);
    }

    public void Delete(string id)
    {
        _texts.Remove(id);
        Writer.DeleteDocuments(new Term("id", id));
    }

    /// <summary>Closes the writer without a commit, as a kill would, and opens another.</summary>
    /// <param name="committedTexts">The texts that were committed.</param>
    public void Restart(IReadOnlyDictionary<string, string> committedTexts)
    {
        Writer.Rollback();
        _texts.Clear();
        foreach (var (id, text) in committedTexts)
        {
            _texts.Add(id, text);
        }

        Writer = CreateWriter();
    }

    public Dictionary<string, string> CopyTexts() => new(_texts);

    public Task UpgradeAsync() => new EncoderUpgrade(Writer, Options).RunAsync();

    /// <summary>Checks that every document has exactly the postings of its text in both fields, and all else.</summary>
    public void AssertUpgraded(bool hasFormer = true)
    {
        using var reader = DirectoryReader.Open(Writer, applyAllDeletes: true);
        var ids = ReadIds(reader);
        Assert.Equal(_texts.Keys.Order(StringComparer.Ordinal), ids.Values.Order(StringComparer.Ordinal));
        using var words = new WordEncoder();
        AssertPostings(
            reader, ids, Body, text => hasFormer ? words.Encode(text, TextSide.Document) : SparseVector.Empty);
        AssertPostings(reader, ids, Next, ReversingEncoder.Encode);
        AssertOtherFields(reader, ids);
    }

    public void Dispose()
    {
        Writer.Dispose();
        Assert.True(!DirectoryReader.IndexExists(Directory) || new CheckIndex(Directory).DoCheckIndex().Clean);
        Directory.Dispose();
        _analyzer.Dispose();
        _work.Dispose();
    }

    private IndexWriter CreateWriter()
    {
        var config = new IndexWriterConfig(LuceneVersion.LUCENE_48, _analyzer)
        {
            MergePolicy = new SegmentRewritePolicy(_merges),
            MergeScheduler = _scheduler,
        };
        config.Codec = _codec ?? config.Codec;
        var writer = new IndexWriter(Directory, config);
        LsrIndexStamp.Ensure(writer, Next, Encoder, Scale);
        return writer;
    }

    private static Dictionary<int, string> ReadIds(DirectoryReader reader)
    {
        var live = MultiFields.GetLiveDocs(reader);
        return Enumerable.Range(0, reader.MaxDoc).Where(document => live?.Get(document) != false)
            .ToDictionary(document => document, document => reader.Document(document).Get("id"));
    }

    private void AssertPostings(
        DirectoryReader reader, Dictionary<int, string> ids, string field, Func<string, SparseVector> encode)
    {
        var expected = from text in _texts
                       from impact in Scale.Quantize(encode(text.Value))
                       select (text.Key, impact.Term, impact.Impact);
        var actual = from posting in ReadPostings(reader, field)
                     where ids.ContainsKey(posting.Document)
                     select (ids[posting.Document], posting.Term, posting.Impact);
        Assert.Equal(expected.Order(), actual.Order());
    }

    private void AssertOtherFields(DirectoryReader reader, Dictionary<int, string> ids)
    {
        var lengths = MultiDocValues.GetNumericValues(reader, "length");
        foreach (var (document, id) in ids)
        {
            Assert.Equal(_texts[id], reader.Document(document).Get(Body));
            Assert.Equal(_texts[id].Length, lengths.Get(document));
            Assert.NotNull(reader.GetTermVector(document, "title"));
            var phrase = new PhraseQuery { new Term("title", "about"), new Term("title", _texts[id].Split(' ')[0]) };
            var query = new BooleanQuery { { phrase, Occur.MUST }, { new TermQuery(new Term("id", id)), Occur.MUST } };
            Assert.Equal([document], new IndexSearcher(reader).Search(query, 10).ScoreDocs.Select(hit => hit.Doc));
        }
    }

    private static IEnumerable<(int Document, string Term, int Impact)> ReadPostings(IndexReader reader, string field)
    {
        var terms = MultiFields.GetTerms(reader, field)?.GetEnumerator();
        while (terms?.MoveNext() == true)
        {
            var postings = terms.Docs(null, null);
            while (postings.NextDoc() != DocIdSetIterator.NO_MORE_DOCS)
            {
                yield return (postings.DocID, terms.Term.Utf8ToString(), postings.Freq);
            }
        }
    }
}
