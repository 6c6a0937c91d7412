using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Search.Similarities;
using Lucene.Net.Store;
using Lucene.Net.Util;
using LuceneLsr.Evaluation.Runs;

namespace LuceneLsr.Evaluation.Rankers;

/// <summary>
/// The BM25 baseline as published for BEIR ("flat" index: one field), with the defaults of Anserini: Lucene's English
/// analyzer (Porter stems, stop words), k1 = 0.9 and b = 0.4. Safe to search from several threads.
/// </summary>
/// <remarks>
/// Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009;
/// Kamalloo et al., "Resources for Brewing BEIR", arXiv 2306.07471.
/// </remarks>
public sealed class Bm25Index : IRanker
{
    private const LuceneVersion Version = LuceneVersion.LUCENE_48;
    private const string IdField = "id";
    private const string ContentsField = "contents";

    /// <summary>The saturation of term frequencies, k1.</summary>
    internal const float K1 = 0.9f;

    /// <summary>The strength of length normalization, b.</summary>
    internal const float B = 0.4f;

    private static readonly BM25Similarity Similarity = new(K1, B);

    private readonly RAMDirectory _directory = new();
    private readonly DirectoryReader _reader;
    private readonly IdSearcher _searcher;

    /// <summary>Indexes documents in memory.</summary>
    /// <param name="documents">The id and text of each document.</param>
    public Bm25Index(IEnumerable<(string Id, string Contents)> documents)
    {
        ArgumentNullException.ThrowIfNull(documents);
        Write(documents);
        _reader = DirectoryReader.Open(_directory);
        _searcher = new IdSearcher(new IndexSearcher(_reader) { Similarity = Similarity }, IdField);
    }

    /// <inheritdoc/>
    /// <remarks>Ties keep the order of indexing.</remarks>
    public IReadOnlyList<IReadOnlyList<ScoredDocument>> Rank(
        IReadOnlyList<RankingRequest> requests, int count, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(requests);
        return [.. requests.Select(request =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            return _searcher.Search(
                Bm25Query.Create(request.Text, ContentsField), count, request.AlsoScored);
        })];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _reader.Dispose();
        _directory.Dispose();
    }

    private void Write(IEnumerable<(string Id, string Contents)> documents)
    {
        using var writer = new IndexWriter(
            _directory, new IndexWriterConfig(Version, EnglishTerms.Analyzer) { Similarity = Similarity });
        foreach (var (id, contents) in documents)
        {
            writer.AddDocument(
            [
                new StringField(IdField, id, Field.Store.YES),
                new TextField(ContentsField, contents, Field.Store.NO),
            ]);
        }
    }
}
