using CsCheck;
using LuceneLsr.Training.Teachers;
using LuceneLsr.Training.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace LuceneLsr.Training.Tests.Teachers;

public class TeacherScoresTests
{
    [Fact]
    public void Standardized_scores_have_mean_0_and_deviation_1_in_each_direction() =>
        DenseArithmetic.ScoreMatrices.Sample(matrices =>
        {
            using var scope = NewDisposeScope();
            var scores = matrices.Student;
            var weighed = TeacherScores.Weigh(DenseArithmetic.ToTensor(scores), weight: 1.5, standardize: true);
            AssertEqual([.. scores.Select(Weigh)], weighed.ByQuery);
            AssertEqual(
                DenseArithmetic.Transpose([.. DenseArithmetic.Transpose(scores).Select(Weigh)]), weighed.ByDocument);

            static double[] Weigh(double[] row) => [.. DenseArithmetic.Standardize(row).Select(value => 1.5 * value)];
        });

    [Fact]
    public void Scores_that_are_not_standardized_are_multiplied_by_the_weight()
    {
        using var scope = NewDisposeScope();
        var weighed = TeacherScores.Weigh(tensor(new[,] { { 0.5f, 0.1f } }), weight: 20, standardize: false);
        AssertEqual([[10, 2]], weighed.ByQuery);
        AssertEqual([[10, 2]], weighed.ByDocument);
    }

    /// <summary>BM25 of a query without a known word. The value 0.1 is not exact in binary.</summary>
    [Theory]
    [InlineData(0f)]
    [InlineData(0.1f)]
    public void Equal_scores_are_standardized_to_zero(float score)
    {
        using var scope = NewDisposeScope();
        var scores = full(2, 7, score);
        scores[1, 3] = tensor(4f);
        var weighed = TeacherScores.Weigh(scores, weight: 3, standardize: true);
        Assert.Equal(new float[7], weighed.ByQuery[0].data<float>().ToArray());
        Assert.Equal(
            [0, 0, 0, -3, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0],
            weighed.ByDocument.data<float>().ToArray().Select(value => Math.Round(value, 4)));
    }

    private static void AssertEqual(double[][] expected, Tensor actual) => Assert.All(
        expected.SelectMany(row => row).Zip(actual.data<float>().ToArray()),
        pair => Assert.Equal(pair.First, pair.Second, 1e-3));
}
