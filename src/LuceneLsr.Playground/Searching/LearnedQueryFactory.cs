using Lucene.Net.Index;
using Lucene.Net.Search;
using LuceneLsr.Evaluation.Rankers;
using LuceneLsr.Playground.Messages;
using LuceneLsr.Search;
using LuceneLsr.Search.Feedback;
using LuceneLsr.Tokenization.Settings;

namespace LuceneLsr.Playground.Searching;

/// <summary>
/// Makes the learned query of a request: the encoder's terms or explicit ones, then the dials, then the feedback.
/// </summary>
internal sealed class LearnedQueryFactory(
    IndexSearcher searcher, QueryVectors vectors, ImpactScale scale, TermRule termRule)
{
    /// <summary>Creates the query.</summary>
    public LearnedQuery Create(SearchRequest request, CancellationToken cancellationToken)
    {
        if (request.Terms is { } terms)
        {
            return Create(request, ToVector(terms), ImpactScale.Identity, TimeSpan.Zero);
        }

        var (vector, time) = vectors.Encode(request.Text, cancellationToken);
        return Create(request, vector, scale, time);
    }

    private LearnedQuery Create(SearchRequest request, SparseVector vector, ImpactScale scale, TimeSpan time)
    {
        var pruned = new VectorPruning { MaxTerms = request.QueryTerms ?? int.MaxValue, MinRatio = request.MinRatio }
            .Apply(vector);
        var query = AddFeedback(new(SparseIndex.ContentsField, scale.Quantize(pruned)), request);
        var weightOf = scale.Quantize(vector).ToDictionary(term => term.Term, term => term.Impact, StringComparer.Ordinal);
        return new(Describe(request, weightOf, query), query, time);
    }

    private static SparseVector ToVector(IReadOnlyList<QueryTerm> terms) => new(terms
        .GroupBy(term => term.Term, StringComparer.Ordinal)
        .Select(group => new TermWeight(group.Key, group.Max(term => term.Weight))));

    private ImpactQuery AddFeedback(ImpactQuery query, SearchRequest request) => request.FeedbackDocuments == 0
        ? query
        : new RocchioFeedback
        {
            Documents = request.FeedbackDocuments,
            ExpansionTerms = request.FeedbackTerms,
            FeedbackWeight = request.FeedbackWeight,
        }.Expand(query, searcher);

    private List<ExpansionTerm> Describe(SearchRequest request, Dictionary<string, int> weightOf, ImpactQuery query)
    {
        var own = OwnTerms.Find(request.Text, termRule);
        var searchedOf = query.Terms.ToDictionary(term => term.Term, term => term.Impact, StringComparer.Ordinal);
        return [.. weightOf.Keys.Union(searchedOf.Keys).Union((request.Terms ?? []).Select(term => term.Term))
            .Select(term => new ExpansionTerm(
                term, weightOf.GetValueOrDefault(term), searchedOf.GetValueOrDefault(term), own.Contains(term),
                searcher.IndexReader.DocFreq(new Term(SparseIndex.ContentsField, term))))
            .OrderByDescending(term => Math.Max(term.Weight, term.Searched))
            .ThenBy(term => term.Term, StringComparer.Ordinal)];
    }
}
