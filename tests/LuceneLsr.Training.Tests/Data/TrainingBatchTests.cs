using LuceneLsr.Training.Data;

namespace LuceneLsr.Training.Tests.Data;

/// <summary>Two pairs, where a negative of the first answers the second, and one negative is of both.</summary>
public class TrainingBatchTests
{
    private static readonly TrainingBatch Batch = new("source",
    [
        new("q1", "d1", []) { Negatives = ["d2", "n1"] },
        new("q2", "d2", []) { Negatives = ["n1", "n2"] },
    ]);

    [Fact]
    public void Each_document_stands_once_first_the_queries_own_in_order()
    {
        Assert.Equal(["q1", "q2"], Batch.Queries);
        Assert.Equal(["d1", "d2", "n1", "n2"], Batch.Documents);
    }

    [Fact]
    public void Candidates_are_a_querys_own_document_and_its_own_negatives() =>
        Assert.Equal([[0, 1, 2], [1, 2, 3]], Batch.Candidates);
}
