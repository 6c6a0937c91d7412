using CsCheck;
using LuceneLsr.Training.Losses;
using LuceneLsr.Training.Tests.Support;
using static TorchSharp.torch;

namespace LuceneLsr.Training.Tests.Losses;

public class InBatchKlLossTests
{
    /// <summary>
    /// Each row of the teacher is (1/4, 3/4) or (3/4, 1/4) and so is each column; the student's are (1/2, 1/2).
    /// </summary>
    [Fact]
    public void Loss_is_half_the_sum_of_both_directions()
    {
        using var scope = NewDisposeScope();
        var teacher = tensor(new[,] { { 0, MathF.Log(3) }, { MathF.Log(3), 0 } });
        var expected = (0.25 * Math.Log(0.25 / 0.5)) + (0.75 * Math.Log(0.75 / 0.5));
        var loss = InBatchKlLoss.Compute(zeros(2, 2), teacher, teacher, temperature: 1);
        Assert.Equal(expected, loss.item<float>(), 1e-6);
    }

    [Fact]
    public void Loss_matches_loops_over_rows_and_columns() => DenseArithmetic.ScoreMatrices.Sample(matrices =>
    {
        using var scope = NewDisposeScope();
        var (student, byQuery, byDocument) = matrices;
        var loss = InBatchKlLoss.Compute(
            DenseArithmetic.ToTensor(student), DenseArithmetic.ToTensor(byQuery), DenseArithmetic.ToTensor(byDocument),
            temperature: 2);
        Assert.Equal(DenseArithmetic.InBatchKl(student, byQuery, byDocument, 2), loss.item<float>(), 1e-4);
    });

    [Fact]
    public void Gradient_matches_finite_differences() => DenseArithmetic.ScoreMatrices.Sample(matrices =>
    {
        using var scope = NewDisposeScope();
        var (student, byQuery, byDocument) = matrices;
        var scores = DenseArithmetic.ToTensor(student).requires_grad_();
        InBatchKlLoss.Compute(
            scores, DenseArithmetic.ToTensor(byQuery), DenseArithmetic.ToTensor(byDocument), temperature: 1).backward();
        DenseArithmetic.AssertGradient(
            scores, student, changed => DenseArithmetic.InBatchKl(changed, byQuery, byDocument, 1));
    }, iter: 20);

    /// <summary>The softmax over the only query of a document is 1 whatever its score.</summary>
    [Fact]
    public void Loss_of_single_query_is_that_of_its_documents()
    {
        using var scope = NewDisposeScope();
        double[] student = [1, 4, 2], teacher = [3, 0, 5];
        var loss = InBatchKlLoss.Compute(
            DenseArithmetic.ToTensor([student]), DenseArithmetic.ToTensor([teacher]),
            DenseArithmetic.ToTensor([[7, 8, 9]]), temperature: 1);
        Assert.Equal(DenseArithmetic.Kl(teacher, student) / 2, loss.item<float>(), 1e-5);
    }
}
