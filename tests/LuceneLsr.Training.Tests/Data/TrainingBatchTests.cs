using LuceneLsr.Training.Data;

namespace LuceneLsr.Training.Tests.Data;

/// <summary>d2 is a negative of the first pair and relevant in the second; n1 is a negative of both.</summary>
public class TrainingBatchTests
{
    private static readonly TrainingBatch Batch = new("source",
    [
        new("q1", "d1", []) { Negatives = ["d2", "n1"] },
        new("q2", "d2", []) { Negatives = ["n1", "n2"] },
    ]);

    [Fact]
    public void Documents_are_distinct_and_start_with_the_relevant_documents_in_query_order()
    {
        Assert.Equal(["q1", "q2"], Batch.Queries);
        Assert.Equal(["d1", "d2", "n1", "n2"], Batch.Documents);
    }

    [Fact]
    public void Candidates_are_the_relevant_document_and_the_negatives_of_each_query() =>
        Assert.Equal([[0, 1, 2], [1, 2, 3]], Batch.Candidates);
}
