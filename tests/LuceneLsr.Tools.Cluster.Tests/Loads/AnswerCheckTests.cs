using LuceneLsr.Orleans;
using LuceneLsr.Orleans.Messages;
using LuceneLsr.Tools.Cluster.Loads;

namespace LuceneLsr.Tools.Cluster.Tests.Loads;

public sealed class AnswerCheckTests
{
    private const int Top = 10;

    private static readonly NumberedDocuments Documents = new(terms: 20);
    private static readonly TermImpact[] Query = NumberedDocuments.CreateQuery(1);

    private readonly Dictionary<int, DocumentState> _states =
        Enumerable.Range(0, 200).ToDictionary(number => number, _ => DocumentState.Present);

    [Fact]
    public void Exact_answer_has_no_error() => Assert.Null(Check(GetRanking()));

    [Fact]
    public void Missing_document_is_an_error() =>
        Assert.EndsWith("was not found, although it was acknowledged", Check(GetRanking().Skip(1)));

    [Fact]
    public void Wrong_score_is_an_error() => Assert.Contains(
        "has the score", Check(GetRanking().Select(hit => hit with { Score = hit.Score + 1 })));

    [Fact]
    public void Wrong_order_is_an_error() =>
        Assert.Equal("the hits are not in order", Check(GetRanking().Take(Top).Reverse()));

    [Fact]
    public void Deleted_document_is_an_error()
    {
        var ranking = GetRanking().ToList();
        _states[NumberedDocuments.GetNumber(ranking[0].Id)] = DocumentState.Deleted;
        Assert.EndsWith("was found, although it was absent or deleted", Check(ranking));
    }

    [Fact]
    public void Document_that_is_being_added_may_be_found_or_not()
    {
        var ranking = GetRanking().ToList();
        _states[NumberedDocuments.GetNumber(ranking[0].Id)] = DocumentState.MaybeAdded;
        Assert.Null(Check(ranking));
        Assert.Null(Check(ranking.Skip(1)));
    }

    private static IEnumerable<ClusterHit> GetRanking() => Enumerable.Range(0, 200)
        .Select(number => new ClusterHit(NumberedDocuments.GetId(number), Documents.Score(Query, number), []))
        .Where(hit => hit.Score > 0)
        .OrderByDescending(hit => hit.Score).ThenBy(hit => hit.Id, StringComparer.Ordinal);

    private string? Check(IEnumerable<ClusterHit> hits) => new AnswerCheck(Documents).FindError(
        Query, Top, new ClusterResult([.. hits.Take(Top)], 0, []), _states, _states);
}
