using Lucene.Net.Index;
using Lucene.Net.Search;
using LuceneLsr.Edits;
using LuceneLsr.Evaluation.Rankers;
using LuceneLsr.Playground.Messages;
using LuceneLsr.Search;
using LuceneLsr.Search.Feedback;

namespace LuceneLsr.Playground.Searching;

/// <summary>
/// Creates the learned query of a request: the encoder's terms after the rules, or explicit terms; then the dials; then
/// the feedback. Rules on documents apply while it is searched.
/// </summary>
internal sealed class LearnedQueryFactory(
    IndexSearcher searcher, QueryVectors vectors, ImpactScale scale, Func<string, IEnumerable<string>> getTextTerms)
{
    /// <summary>Creates the query.</summary>
    public LearnedQuery Create(SearchRequest request, RelevanceRules rules, CancellationToken cancellationToken)
    {
        var (edited, time) = request.Terms is { } terms
            ? (new EditedQuery(ToImpacts(terms), []), TimeSpan.Zero)
            : Encode(request.Text, rules, cancellationToken);
        var query = new ImpactQuery(SparseIndex.ContentsField, Prune(edited.Impacts, request))
            .WithRules(rules, text: ""); // those on queries have been applied
        var expanded = AddFeedback(query, request);
        return new(Describe(request, edited, expanded), expanded, time);
    }

    private static IReadOnlyList<TermImpact> ToImpacts(IReadOnlyList<QueryTerm> terms) => [.. terms
        .GroupBy(term => term.Term, StringComparer.Ordinal)
        .Select(group => new TermImpact(group.Key, group.Max(term => term.Weight)))
        .Where(term => term.Impact > 0)];

    private static IReadOnlyList<TermImpact> Prune(IReadOnlyList<TermImpact> impacts, SearchRequest request)
    {
        var pruning = new VectorPruning { MaxTerms = request.QueryTerms ?? int.MaxValue, MinRatio = request.MinRatio };
        return ImpactScale.Identity.Quantize(
            pruning.Apply(new(impacts.Select(term => new TermWeight(term.Term, term.Impact)))));
    }

    private (EditedQuery Query, TimeSpan Time) Encode(
        string text, RelevanceRules rules, CancellationToken cancellationToken)
    {
        var (vector, time) = vectors.Encode(text, cancellationToken);
        return (rules.EditQuery(SparseIndex.ContentsField, text, scale.Quantize(vector)), time);
    }

    private ImpactQuery AddFeedback(ImpactQuery query, SearchRequest request) => request.FeedbackDocuments == 0
        ? query
        : new RocchioFeedback
        {
            Documents = request.FeedbackDocuments,
            ExpansionTerms = request.FeedbackTerms,
            FeedbackWeight = request.FeedbackWeight,
        }.Expand(query, searcher);

    private List<ExpansionTerm> Describe(SearchRequest request, EditedQuery edited, ImpactQuery query)
    {
        var own = getTextTerms(request.Text).ToHashSet(StringComparer.Ordinal);
        var weightOf = edited.Impacts.ToDictionary(term => term.Term, term => term.Impact, StringComparer.Ordinal);
        var searchedOf = query.Terms.ToDictionary(term => term.Term, term => term.Impact, StringComparer.Ordinal);
        var editOf = edited.Edits.ToDictionary(edit => edit.Term, StringComparer.Ordinal);
        return [.. weightOf.Keys.Union(searchedOf.Keys).Union(editOf.Keys)
            .Union((request.Terms ?? []).Select(term => term.Term))
            .Select(term => new ExpansionTerm(
                term, weightOf.GetValueOrDefault(term), searchedOf.GetValueOrDefault(term), own.Contains(term),
                searcher.IndexReader.DocFreq(new Term(SparseIndex.ContentsField, term)),
                editOf.TryGetValue(term, out var edit) ? edit.Before : null,
                [.. (edit?.Rules ?? []).Select(rule => rule.Id)]))
            .OrderByDescending(term => Math.Max(term.Weight, term.Searched))
            .ThenBy(term => term.Term, StringComparer.Ordinal)];
    }
}
