using LuceneLsr.Evaluation.Comparisons;
using LuceneLsr.Evaluation.Tests.Support;

namespace LuceneLsr.Evaluation.Tests.Comparisons;

public sealed class DocumentMoveTests
{
    private static readonly Dictionary<string, int> Grades = new() { ["a"] = 1, ["b"] = 0, ["f"] = 2 };

    [Fact]
    public void Find_returns_relevant_documents_first_and_then_those_that_moved_furthest() => Assert.Equal(
        [
            new("f", null, 3, 2), // from 0 to .5
            new("a", 3, 4, 1), // from .5 to .43
            new("d", 4, null, null), // from .43 to 0
            new("e", 5, null, null), // from .39 to 0
            new("b", 2, 1, 0), // from .63 to 1
        ],
        Find("c b a d e", "b x f a", depth: 10).Where(move => move.DocumentId is not ("c" or "x")));

    [Fact]
    public void Find_shows_the_true_ranks_of_documents_that_leave_the_depth()
    {
        var moves = Find("a b c", "b c a", depth: 2);
        Assert.Equal([new("a", 1, 3, 1), new("c", 3, 2, null), new("b", 2, 1, 0)], moves
            .OrderBy(move => move.DocumentId == "b"));
    }

    [Theory]
    [InlineData("a b", "a b")]
    [InlineData("a b c", "a b d")]
    [InlineData("", "")]
    public void Find_without_moves_within_the_depth_is_empty(string first, string second) =>
        Assert.Empty(Find(first, second, depth: 2));

    private static IReadOnlyList<DocumentMove> Find(string first, string second, int depth) => DocumentMove.Find(
        Rankings.Create(first.Split(' ', StringSplitOptions.RemoveEmptyEntries)),
        Rankings.Create(second.Split(' ', StringSplitOptions.RemoveEmptyEntries)), Grades, depth);
}
