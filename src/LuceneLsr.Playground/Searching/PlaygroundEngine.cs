using LuceneLsr.Edits;
using LuceneLsr.Evaluation.Rankers;
using LuceneLsr.Playground.Messages;
using LuceneLsr.Playground.Rules;

namespace LuceneLsr.Playground.Searching;

/// <summary>
/// Searches an index by BM25, LSR and their fusion, and explains the results. The page, the API and the agents share it
/// and check the limits of messages before they call it. Thread-safe.
/// </summary>
public sealed class PlaygroundEngine : IDisposable
{
    private static readonly RelevanceRules NoRules = new([]);

    private readonly QueryVectors _vectors;
    private readonly Bm25Index? _keywords;
    private readonly StoredDocuments _documents;
    private readonly LearnedQueryFactory _queries;
    private readonly EngineRankings _rankings;
    private readonly RankingDescriber _describer;
    private readonly RuleBook _rules;
    private readonly CachedSources? _sources;
    private readonly LearnedPassages? _passages;

    /// <summary>Creates the engine. It reads the texts of the index into memory, for BM25.</summary>
    /// <param name="index">The index. The caller owns it.</param>
    /// <param name="encoder">The encoder of queries, of the index's term space. The caller owns it.</param>
    /// <param name="scale">The scale that turns query weights into impacts.</param>
    /// <param name="getTextTerms">
    /// Returns the index terms of the words that a text contains, such as <c>TermSpace.GetTextTerms</c>.
    /// </param>
    /// <param name="judged">Queries with judgments, or null.</param>
    /// <param name="rulesPath">
    /// The file of rules, which need not exist, or null to keep rules in memory. Others may change it meanwhile.
    /// </param>
    /// <exception cref="InvalidDataException">
    /// The rules file is not valid. The message names the file, the line and the rule.
    /// </exception>
    /// <exception cref="IOException">The rules file cannot be read.</exception>
    public PlaygroundEngine(
        SparseIndex index, ISparseEncoder encoder, ImpactScale scale, Func<string, IEnumerable<string>> getTextTerms,
        JudgedQueries? judged = null, string? rulesPath = null)
    {
        ArgumentNullException.ThrowIfNull(index);
        ArgumentNullException.ThrowIfNull(encoder);
        ArgumentNullException.ThrowIfNull(scale);
        ArgumentNullException.ThrowIfNull(getTextTerms);
        Judged = judged;
        _rules = new(rulesPath, getTextTerms);
        _vectors = new(encoder);
        _documents = new(index.Searcher);
        _keywords = _documents.HasTexts
            ? new(_documents.ReadAll().Select(document => (document.Id, document.Contents)))
            : null;
        _queries = new(index.Searcher, _vectors, scale, getTextTerms);
        _rankings = new(index.Searcher, _documents, _keywords);
        _describer = new(_documents, new(index, _documents, _keywords));
        Rules = new(_rules, _documents, judged is null ? null : new(judged, _queries, _rankings));
        if (encoder is ISourceEncoder sources && _keywords is not null)
        {
            _sources = new(sources);
            _passages = new(_sources, scale);
        }

        Info = new(
            index.Searcher.IndexReader.NumDocs, index.TermsPerDocument, encoder.Identity?.Name,
            _keywords is null ? [Engines.Lsr] : [Engines.Bm25, Engines.Lsr, Engines.Hybrid], judged?.Queries.Count ?? 0,
            _passages is not null);
    }

    /// <summary>Gets what is searched.</summary>
    internal IndexInfo Info { get; }

    /// <summary>Gets the queries with judgments, or null.</summary>
    internal JudgedQueries? Judged { get; }

    /// <summary>Gets the editor of the rules.</summary>
    internal RuleEditor Rules { get; }

    /// <summary>Searches by each engine.</summary>
    internal SearchAnswer Search(SearchRequest request, CancellationToken cancellationToken = default)
    {
        var search = Rank(request, cancellationToken);
        var judged = Judged?.Find(request.Text);
        var grades = judged is null ? null : Judged!.Qrels.GetGrades(judged.Id);
        return new(
            request.Text, judged?.Id, grades?.Values.Count(grade => grade > 0),
            search.Query.EncodingTime.TotalMilliseconds, search.Query.Terms,
            [.. search.Rankings.Select(ranking => _describer.Describe(search, ranking, grades))]);
    }

    /// <summary>Encodes a query.</summary>
    internal Expansion Expand(string text, CancellationToken cancellationToken = default) =>
        new(text, CreateQuery(new() { Text = text }, cancellationToken).Terms);

    /// <summary>Explains the scores of a document, even if it does not match.</summary>
    /// <exception cref="KeyNotFoundException">There is no such document.</exception>
    internal DocumentExplanation Explain(ExplainRequest request, CancellationToken cancellationToken = default)
    {
        var document = Read(request.Id);
        var search = Rank(request.Search, cancellationToken);
        IReadOnlyList<EngineScore> scores =
            [.. search.Rankings.Select(ranking => _describer.Explain(search, ranking, request.Id))];
        var found = scores.Single(score => score.Engine == Engines.Lsr).Reasons.Select(reason => reason.Term);
        var searched = search.Query.Terms.Where(term => term.Searched > 0).Select(term => term.Term);
        return new(document, FindGrade(request), scores, [.. searched.Except(found)]);
    }

    /// <summary>Finds the passages of documents that explain their learned scores.</summary>
    /// <returns>The passages; none if the encoder cannot find the words that produce terms.</returns>
    /// <exception cref="KeyNotFoundException">There is no document with one of the ids.</exception>
    internal IReadOnlyList<DocumentPassages> FindPassages(
        PassagesRequest request, CancellationToken cancellationToken = default)
    {
        var documents = request.Ids.Select(_documents.Get).Distinct().Select(_documents.Read).ToList();
        return _passages?.Find(documents, CreateQuery(request.Search, cancellationToken), cancellationToken) ?? [];
    }

    /// <summary>Reads a document.</summary>
    /// <exception cref="KeyNotFoundException">There is no such document.</exception>
    internal DocumentText Read(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        var document = _documents.Read(_documents.Get(id));
        return new(document.Id, document.Title, document.Text);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _vectors.Dispose();
        _sources?.Dispose();
        _keywords?.Dispose();
    }

    private RankedSearch Rank(SearchRequest request, CancellationToken cancellationToken)
    {
        var query = CreateQuery(request, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        return new(request, query, _rankings.Rank(request, query));
    }

    private LearnedQuery CreateQuery(SearchRequest request, CancellationToken cancellationToken) => _queries.Create(
        request, request.UseRules ? _rules.Read().Rules : NoRules, cancellationToken);

    private int? FindGrade(ExplainRequest request) =>
        Judged?.Find(request.Search.Text) is { } judged
        && Judged.Qrels.GetGrades(judged.Id).TryGetValue(request.Id, out var grade)
            ? grade
            : null;
}
