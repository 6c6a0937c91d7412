using LuceneLsr.Training.Data;

namespace LuceneLsr.Training.Tests.Data;

public class TrainingBatchTests
{
    [Fact]
    public void A_hard_negative_that_answers_another_query_of_the_batch_is_left_out()
    {
        var batch = new TrainingBatch(0, [new("q1", "d1", ["1"]), new("q2", "d2", ["2"])], ["d2", "n1", "n1", "n2"]);
        Assert.Equal(["q1", "q2"], batch.Queries);
        Assert.Equal(["d1", "d2", "n1", "n2"], batch.Documents);
    }
}
