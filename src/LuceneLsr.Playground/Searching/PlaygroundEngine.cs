using System.ComponentModel.DataAnnotations;
using LuceneLsr.Edits;
using LuceneLsr.Evaluation.Metrics;
using LuceneLsr.Evaluation.Rankers;
using LuceneLsr.Playground.Messages;
using LuceneLsr.Playground.Rules;

namespace LuceneLsr.Playground.Searching;

/// <summary>
/// Searches an index by BM25, LSR and their fusion, and explains the results. The page, the API and the agents share it,
/// and check the limits of messages before. Safe to use from several threads.
/// </summary>
public sealed class PlaygroundEngine : IDisposable
{
    private const int ReasonsPerHit = 3;
    private const int MetricCutoff = 10;

    private static readonly RelevanceRules NoRules = new([]);

    private readonly QueryVectors _vectors;
    private readonly Bm25Index? _keywords;
    private readonly StoredDocuments _documents;
    private readonly LearnedQueryFactory _queries;
    private readonly EngineRankings _rankings;
    private readonly Reasons _reasons;
    private readonly RuleBook _rules;
    private readonly RuleFactory _ruleFactory;
    private readonly RuleTrials? _trials;
    private readonly CachedSources? _sources;
    private readonly LearnedPassages? _passages;
    private readonly Ndcg _ndcg = new(MetricCutoff);

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
        _ruleFactory = new(getTextTerms);
        _vectors = new(encoder);
        _documents = new(index.Searcher);
        _keywords = _documents.HasTexts
            ? new(_documents.ReadAll().Select(document => (document.Id, document.Contents)))
            : null;
        _queries = new(index.Searcher, _vectors, scale, getTextTerms);
        _rankings = new(index.Searcher, _documents, _keywords);
        _reasons = new(index, _documents, _keywords);
        _trials = judged is null ? null : new(judged, _queries, _rankings);
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

    /// <summary>Searches by each engine.</summary>
    internal SearchAnswer Search(SearchRequest request, CancellationToken cancellationToken = default)
    {
        var query = CreateQuery(request, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        var rankings = _rankings.Rank(request, query);
        var judged = Judged?.Find(request.Text);
        var grades = judged is null ? null : Judged!.Qrels.GetGrades(judged.Id);
        return new(
            request.Text, judged?.Id, grades?.Values.Count(grade => grade > 0), query.EncodingTime.TotalMilliseconds,
            query.Terms, [.. rankings.Select(ranking => Describe(request, query, ranking, rankings, grades))]);
    }

    /// <summary>Encodes a query.</summary>
    internal Expansion Expand(string text, CancellationToken cancellationToken = default) =>
        new(text, CreateQuery(new() { Text = text }, cancellationToken).Terms);

    /// <summary>Explains the scores of a document, even if it does not match.</summary>
    /// <returns>The explanation, or null if there is no such document.</returns>
    internal DocumentExplanation? Explain(ExplainRequest request, CancellationToken cancellationToken = default)
    {
        if (Read(request.Id) is not { } document)
        {
            return null;
        }

        var query = CreateQuery(request.Search, cancellationToken);
        var rankings = _rankings.Rank(request.Search, query);
        IReadOnlyList<EngineScore> scores =
            [.. rankings.Select(ranking => Explain(request, query, ranking, rankings))];
        var found = scores.Single(score => score.Engine == Engines.Lsr).Reasons.Select(reason => reason.Term);
        return new(
            document, FindGrade(request),
            scores, [.. query.Terms.Where(term => term.Searched > 0).Select(term => term.Term).Except(found)]);
    }

    /// <summary>Finds the passages of documents that explain their learned scores. Unknown ids are left out.</summary>
    /// <returns>The passages; none if the encoder cannot find the words that produce terms.</returns>
    internal IReadOnlyList<DocumentPassages> FindPassages(
        PassagesRequest request, CancellationToken cancellationToken = default)
    {
        var documents = request.Ids.Select(_documents.Find).OfType<int>().Distinct().Select(_documents.Read).ToList();
        return _passages?.Find(documents, CreateQuery(request.Search, cancellationToken), cancellationToken) ?? [];
    }

    /// <summary>Reads a document, or returns null if there is none with the id.</summary>
    internal DocumentText? Read(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        return _documents.Find(id) is { } number && _documents.Read(number) is var document
            ? new(document.Id, document.Title, document.Text)
            : null;
    }

    /// <summary>Lists the rules.</summary>
    internal RulesAnswer ListRules()
    {
        var current = _rules.Read();
        return new(
            current.Version, _rules.FileName, current.Problem, _rules.CanUndo,
            [.. current.Rules.Rules.Select(RuleView.Create)]);
    }

    /// <summary>Compares the judged queries without and with a rule. Nothing is changed.</summary>
    /// <exception cref="ValidationException">The rule is not valid.</exception>
    internal Trial TryRule(RuleDraft draft, CancellationToken cancellationToken = default)
    {
        var before = _rules.Read().Rules;
        var rule = CreateRule(draft, before);
        var after = RuleBook.Apply(rules => rules.Add(rule), before);
        return new(
            RuleView.Create(rule), Judged?.Queries.Count ?? 0, _trials?.Compare(before, after, cancellationToken) ?? []);
    }

    /// <summary>Adds a rule.</summary>
    /// <exception cref="ValidationException">The rule is not valid.</exception>
    /// <exception cref="RuleConflictException">The rules have changed since, or their file is broken.</exception>
    internal RulesAnswer AddRule(AddRuleRequest request) =>
        ChangeRules(request.Version, rules => rules.Add(CreateRule(request.Rule, rules)));

    /// <summary>Changes the rules.</summary>
    /// <exception cref="RuleConflictException">The rules have changed since, or their file is broken.</exception>
    internal RulesAnswer ChangeRules(string version, Func<RelevanceRules, RelevanceRules> change)
    {
        _rules.Change(version, change);
        return ListRules();
    }

    /// <summary>Undoes the last change of the rules.</summary>
    /// <exception cref="RuleConflictException">The rules have changed since, or there is nothing to undo.</exception>
    internal RulesAnswer UndoRules(string version)
    {
        _rules.Undo(version);
        return ListRules();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _vectors.Dispose();
        _sources?.Dispose();
        _keywords?.Dispose();
    }

    private RelevanceRule CreateRule(RuleDraft draft, RelevanceRules existing) =>
        _ruleFactory.Create(draft, existing) is var rule
        && rule is DocumentRule { DocumentId: var id } && _documents.Find(id) is null
            ? throw new ValidationException($"There is no document with the id '{id}'. Take an id from a search.")
            : rule;

    private LearnedQuery CreateQuery(SearchRequest request, CancellationToken cancellationToken) => _queries.Create(
        request, request.UseRules ? _rules.Read().Rules : NoRules, cancellationToken);

    private int? FindGrade(ExplainRequest request) =>
        Judged?.Find(request.Search.Text) is { } judged
        && Judged.Qrels.GetGrades(judged.Id).TryGetValue(request.Id, out var grade)
            ? grade
            : null;

    private EngineScore Explain(
        ExplainRequest request, LearnedQuery query, EngineRanking ranking, IReadOnlyList<EngineRanking> rankings)
    {
        var reasons = _reasons.Find(request.Search, query, ranking, [request.Id], rankings)[request.Id];
        return new(ranking.Engine, ranking.FindRank(request.Id), reasons.Sum(reason => reason.Score), reasons);
    }

    private Ranking Describe(
        SearchRequest request, LearnedQuery query, EngineRanking ranking, IReadOnlyList<EngineRanking> rankings,
        IReadOnlyDictionary<string, int>? grades)
    {
        var top = ranking.Documents.Take(request.Count).ToList();
        var reasons = _reasons.Find(
            request, query, ranking, [.. top.Select(hit => hit.DocumentId)], rankings);
        return new(
            ranking.Engine, ranking.Found, ranking.Time.TotalMilliseconds, ranking.Postings,
            grades is null ? null : _ndcg.Score(ranking.Documents, grades),
            grades is null
                ? null
                : ranking.Documents.Take(MetricCutoff).Count(hit => grades.GetValueOrDefault(hit.DocumentId) > 0),
            [.. top.Select((hit, index) => Describe(hit.DocumentId, index + 1, hit.Score))]);

        Hit Describe(string id, int rank, double score)
        {
            var document = _documents.Read(_documents.Find(id)!.Value);
            return new(
                id, rank, score, document.Title, KeywordSnippets.Find(request.Text, document.Text),
                rankings.ToDictionary(other => other.Engine, other => other.FindRank(id)),
                grades?.TryGetValue(id, out var grade) == true ? grade : null, [.. reasons[id].Take(ReasonsPerHit)]);
        }
    }
}
