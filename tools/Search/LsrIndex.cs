using Lucene.Net.Analysis.Standard;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Util;
using LuceneLsr.Evaluation;
using LuceneLsr.Evaluation.Collections;
using LuceneLsr.Evaluation.Rankers;
using LuceneLsr.Evaluation.Runs;
using LuceneLsr.Indexing;
using LuceneLsr.Search;
using LuceneLsr.Similarities;

namespace LuceneLsr.Tools.Search;

/// <summary>A collection in a standard Lucene index: stored id, title and text, and one learned field.</summary>
internal sealed class LsrIndex : IDisposable
{
    public const LuceneVersion Version = LuceneVersion.LUCENE_48;
    public const string Contents = "contents";
    public const string Id = "id";
    public const string Title = "title";
    public const string Text = "text";

    private readonly DirectoryReader _reader;

    private LsrIndex(DirectoryReader reader)
    {
        _reader = reader;
        Searcher = new ImpactSearcher(reader);
    }

    public IndexSearcher Searcher { get; }

    /// <summary>Terms a document, on average.</summary>
    public double TermsPerDocument => MultiFields.GetTerms(_reader, Contents) is { SumDocFreq: > 0 } terms
        ? (double)terms.SumDocFreq / _reader.NumDocs
        : 0;

    /// <summary>Documents without any term, which no query finds.</summary>
    public int DocumentsWithoutTerms =>
        _reader.NumDocs - (MultiFields.GetTerms(_reader, Contents)?.DocCount ?? 0);

    /// <summary>
    /// Indexes documents, in place of what the directory held. All becomes visible in one commit at the end: a run that
    /// fails leaves the old index as it was.
    /// </summary>
    /// <param name="directory">Where to.</param>
    /// <param name="documents">The documents with their vectors.</param>
    /// <param name="encoder">Whose vectors they are.</param>
    /// <param name="scale">Turns weights into impacts.</param>
    /// <param name="storesTexts">Whether titles and texts are kept beside the ids.</param>
    public static void Build(
        Lucene.Net.Store.Directory directory, IEnumerable<(BeirDocument Document, SparseVector Vector)> documents,
        ISparseEncoder encoder, ImpactScale scale, bool storesTexts = true)
    {
        using var analyzer = new StandardAnalyzer(Version);
        using var writer = new IndexWriter(
            directory,
            new IndexWriterConfig(Version, analyzer)
            {
                OpenMode = OpenMode.CREATE,
                Similarity = new ImpactSimilarity(),
            });
        try
        {
            using var bulk = new ImpactBulkWriter(writer, Contents, scale);
            foreach (var (document, vector) in documents)
            {
                bulk.Add(ToLucene(document, storesTexts), vector);
            }

            bulk.Flush();
            writer.ForceMerge(1);
            LsrIndexStamp.Write(writer, encoder, scale);
            writer.Commit();
        }
        catch
        {
            writer.Rollback();
            throw;
        }
    }

    /// <summary>Opens an index.</summary>
    public static LsrIndex Open(Lucene.Net.Store.Directory directory) => new(DirectoryReader.Open(directory));

    /// <summary>Makes sure that an encoder's queries can be asked, and gives the index's stamp.</summary>
    /// <exception cref="InvalidOperationException">The index was filled by another encoder.</exception>
    public LsrIndexStamp Verify(ISparseEncoder encoder) => LsrIndexStamp.Verify(_reader, encoder);

    /// <summary>The weighted terms on the learned field that a query asks for, without those it excludes.</summary>
    public static SparseVector TermsOf(Query query) => new(Clauses(query, 1)
        .GroupBy(term => term.Term, StringComparer.Ordinal)
        .Select(group => new TermWeight(group.Key, group.Sum(term => term.Weight))));

    /// <summary>The run of queries, each asked by its text's vector, as deep as evaluation needs it.</summary>
    public Run Collect(
        IEnumerable<BeirQuery> queries, IReadOnlyDictionary<string, SparseVector> vectorOf, ImpactScale scale) =>
        Run.Collect(queries, text => Search(vectorOf[text], scale));

    public void Dispose() => _reader.Dispose();

    private IReadOnlyList<ScoredDocument> Search(SparseVector query, ImpactScale scale) =>
        new IdSearcher(Searcher, Id).Search(new ImpactQuery(Contents, scale.Quantize(query)), EvaluationReport.Depth);

    private static IEnumerable<TermWeight> Clauses(Query query, float boost) => query switch
    {
        ImpactQuery { Field: Contents } learned => learned.Terms.Select(
            term => new TermWeight(term.Term, boost * learned.Boost * term.Impact)),
        BooleanQuery group => group.Clauses.Where(clause => !clause.IsProhibited)
            .SelectMany(clause => Clauses(clause.Query, boost * group.Boost)),
        _ => [],
    };

    private static Document ToLucene(BeirDocument document, bool storesTexts)
    {
        var id = new StringField(Id, document.Id, Field.Store.YES);
        return storesTexts
            ? [id, new TextField(Title, document.Title, Field.Store.YES), new StoredField(Text, document.Text)]
            : [id];
    }
}
