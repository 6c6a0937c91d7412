using Lucene.Net.Analysis.Core;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Store;
using Lucene.Net.Util;
using LuceneLsr.Evaluation.Rankers;
using LuceneLsr.Evaluation.Runs;
using LuceneLsr.Indexing;
using LuceneLsr.Search;
using LuceneLsr.Similarities;

namespace LuceneLsr.Training.Mining;

/// <summary>
/// A learned sparse index in memory, to evaluate an encoder and to mine by it. A score is the dot product of the
/// query's and the document's vector, their weights rounded to whole impacts. Safe to search from several threads.
/// </summary>
public sealed class SparseIndex : IRanker
{
    private const LuceneVersion Version = LuceneVersion.LUCENE_48;
    private const string IdField = "id";
    private const string ContentsField = "contents";
    private const int Window = 128; // documents that are encoded together, sorted by length

    private readonly RAMDirectory _directory = new();
    private readonly DirectoryReader _reader;
    private readonly IdSearcher _searcher;
    private readonly ISparseEncoder _queryEncoder;
    private readonly ImpactScale _scale;
    private long _queries;
    private long _queryTerms;

    /// <summary>Encodes documents and indexes them.</summary>
    /// <param name="encoders">
    /// Encode each side's texts, into the same terms. They stay the caller's; that of queries is used by each search.
    /// </param>
    /// <param name="scale">Turns the weights of both sides into impacts.</param>
    /// <param name="documents">An id and a text each; the encoder may read them on another thread.</param>
    /// <param name="onEncoded">Told how many documents were encoded, after each window of them.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="ArgumentException">The encoders' vectors cannot be compared.</exception>
    public SparseIndex(
        PerSide<ISparseEncoder> encoders, ImpactScale scale, IEnumerable<(string Id, string Contents)> documents,
        Action<int>? onEncoded = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(encoders);
        ArgumentNullException.ThrowIfNull(scale);
        ArgumentNullException.ThrowIfNull(documents);
        if (encoders.Query.VocabularyId != encoders.Document.VocabularyId)
        {
            throw new ArgumentException(
                "The encoders of queries and of documents have other terms, so no query would find its documents.",
                nameof(encoders));
        }

        (_queryEncoder, _scale) = (encoders.Query, scale);
        Write(encoders.Document, documents, onEncoded, cancellationToken);
        _reader = DirectoryReader.Open(_directory);
        _searcher = new IdSearcher(new ImpactSearcher(_reader), IdField);
    }

    /// <summary>Terms a document, on average.</summary>
    public double TermsPerDocument => MultiFields.GetTerms(_reader, ContentsField) is { } terms
        ? (double)terms.SumDocFreq / _reader.NumDocs
        : 0;

    /// <summary>Terms a query, on average over all that were asked, each time they were.</summary>
    public double TermsPerQuery =>
        (double)Interlocked.Read(ref _queryTerms) / Math.Max(1, Interlocked.Read(ref _queries));

    /// <summary>What the index takes, in bytes: its postings and its documents' ids.</summary>
    public long SizeInBytes => _directory.ListAll().Sum(_directory.FileLength);

    /// <inheritdoc/>
    /// <remarks>Equal scores stand in the order of indexing.</remarks>
    public IReadOnlyList<IReadOnlyList<ScoredDocument>> Rank(
        IReadOnlyList<RankingRequest> requests, int count, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(requests);
        var vectors = _queryEncoder.Encode(
            [.. requests.Select(request => request.Text)], TextSide.Query, cancellationToken);
        return [.. requests.Zip(vectors, (request, vector) => Rank(request, vector, count))];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _reader.Dispose();
        _directory.Dispose();
    }

    private ScoredDocument[] Rank(RankingRequest request, SparseVector vector, int count)
    {
        var impacts = _scale.Quantize(vector);
        Interlocked.Increment(ref _queries);
        Interlocked.Add(ref _queryTerms, impacts.Count);
        var unit = (double)_scale.Factor * _scale.Factor; // of a score, in products of impacts
        return [.. _searcher.Search(new ImpactQuery(ContentsField, impacts), count, request.AlsoScored)
            .Select(hit => hit with { Score = hit.Score / unit })];
    }

    private void Write(
        ISparseEncoder encoder, IEnumerable<(string Id, string Contents)> documents, Action<int>? onEncoded,
        CancellationToken cancellationToken)
    {
        using var analyzer = new KeywordAnalyzer();
        using var writer = new IndexWriter(_directory, new IndexWriterConfig(Version, analyzer)
        {
            Similarity = new ImpactSimilarity(),
            MergePolicy = new LogDocMergePolicy(), // keeps the order of documents
        });
        using var bulk = new ImpactBulkWriter(writer, ContentsField, _scale);
        foreach (var (window, vectors) in encoder.EncodeChunks(
            documents.Chunk(Window), document => document.Contents, TextSide.Document, cancellationToken))
        {
            foreach (var (document, vector) in window.Zip(vectors))
            {
                bulk.Add([new StringField(IdField, document.Id, Field.Store.YES)], vector);
            }

            onEncoded?.Invoke(window.Count);
        }

        bulk.Flush();
        writer.ForceMerge(1);
    }
}
