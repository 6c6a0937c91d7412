using LuceneLsr.Edits;
using LuceneLsr.Evaluation.Collections;
using LuceneLsr.Evaluation.Runs;
using LuceneLsr.Evaluation.Vectors;
using LuceneLsr.Search;

namespace LuceneLsr.Evaluation.Rankers;

/// <summary>
/// Ranks by the dot product of the query's and the document's impacts in a <see cref="SparseIndex"/>. Ties keep the
/// order of indexing. Safe to use from several threads.
/// </summary>
public sealed class SparseRanker : IRanker
{
    private readonly SparseIndex _index;
    private readonly ISparseEncoder _queryEncoder;
    private readonly ImpactScale _queryScale;
    private readonly bool _ownsIndex;
    private long _queries;
    private long _queryTerms;

    /// <summary>Creates a ranker. Index and encoder must stay open.</summary>
    /// <param name="index">The index.</param>
    /// <param name="queryEncoder">The encoder of queries, of the index's term space.</param>
    /// <param name="queryScale">The scale that turns query weights into impacts.</param>
    public SparseRanker(SparseIndex index, ISparseEncoder queryEncoder, ImpactScale queryScale)
        : this(index, queryEncoder, queryScale, ownsIndex: false)
    {
    }

    private SparseRanker(SparseIndex index, ISparseEncoder queryEncoder, ImpactScale queryScale, bool ownsIndex)
    {
        ArgumentNullException.ThrowIfNull(index);
        ArgumentNullException.ThrowIfNull(queryEncoder);
        ArgumentNullException.ThrowIfNull(queryScale);
        (_index, _queryEncoder, _queryScale, _ownsIndex) = (index, queryEncoder, queryScale, ownsIndex);
    }

    /// <summary>
    /// Gets the dot product of impacts that counts as a score of 1. The default of 1 leaves scores as they are; the
    /// product of both sides' impact factors turns them into dot products of weights.
    /// </summary>
    public double ScoreUnit { get; init; } = 1;

    /// <summary>Gets the rules of queries, or null for none.</summary>
    public RelevanceRules? Rules { get; init; }

    /// <summary>Gets the mean number of terms per query, over all queries ranked so far.</summary>
    public double TermsPerQuery =>
        (double)Interlocked.Read(ref _queryTerms) / Math.Max(1, Interlocked.Read(ref _queries));

    /// <summary>Encodes documents into an index in memory. Scores are dot products of weights.</summary>
    /// <param name="encoders">The encoder of each side, both of one term space; they must stay open.</param>
    /// <param name="scale">The scale that turns the weights of both sides into impacts.</param>
    /// <param name="documents">The documents; the encoder may read them on another thread.</param>
    /// <param name="onEncoded">Receives the number of documents of each encoded chunk.</param>
    /// <param name="cancellationToken">Cancels the encoding.</param>
    /// <exception cref="ArgumentException">The encoders have different term spaces.</exception>
    public static SparseRanker Create(
        PerSide<ISparseEncoder> encoders, ImpactScale scale, IEnumerable<BeirDocument> documents,
        Action<int>? onEncoded = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(encoders);
        ArgumentNullException.ThrowIfNull(scale);
        if (encoders.Query.VocabularyId != encoders.Document.VocabularyId)
        {
            throw new ArgumentException(
                $"The query encoder has vocabulary '{encoders.Query.VocabularyId}', the document encoder "
                + $"'{encoders.Document.VocabularyId}'. Use encoders of one vocabulary.",
                nameof(encoders));
        }

        var encoded = encoders.Document.EncodeDocuments(documents, onEncoded, cancellationToken);
        var index = SparseIndex.CreateInMemory(encoded, encoders.Document, scale);
        return new(index, encoders.Query, scale, ownsIndex: true) { ScoreUnit = (double)scale.Factor * scale.Factor };
    }

    /// <inheritdoc/>
    public IReadOnlyList<IReadOnlyList<ScoredDocument>> Rank(
        IReadOnlyList<RankingRequest> requests, int count, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(requests);
        string[] texts = [.. requests.Select(request => request.Text).Distinct(StringComparer.Ordinal)];
        var vectorOf = texts.Zip(_queryEncoder.Encode(texts, TextSide.Query, cancellationToken))
            .ToDictionary(StringComparer.Ordinal);
        return [.. requests.Select(request => Rank(request, vectorOf[request.Text], count))];
    }

    /// <summary>Releases the index if <see cref="Create"/> made it.</summary>
    public void Dispose()
    {
        if (_ownsIndex)
        {
            _index.Dispose();
        }
    }

    private ScoredDocument[] Rank(RankingRequest request, SparseVector vector, int count)
    {
        var query = new ImpactQuery(SparseIndex.ContentsField, _queryScale.Quantize(vector))
            .WithRules(Rules, request.Text);
        Interlocked.Increment(ref _queries);
        Interlocked.Add(ref _queryTerms, query.Terms.Count);
        return [.. _index.Search(query, count, request.AlsoScored)
            .Select(hit => hit with { Score = hit.Score / ScoreUnit })];
    }
}
