using CsCheck;
using LuceneLsr.Training.Losses;
using LuceneLsr.Training.Tests.Support;
using static TorchSharp.torch;

namespace LuceneLsr.Training.Tests.Losses;

public class InBatchMarginMseLossTests
{
    [Fact]
    public void Loss_is_mean_squared_margin_error_over_other_documents()
    {
        using var scope = NewDisposeScope();
        var student = tensor(new float[,] { { 5, 3, 1 }, { 4, 4, 7 } });
        var teacher = tensor(new float[,] { { 9, 8, 2 }, { 1, 0, 0 } });
        // margins 2, 4 and 0, -3 to 1, 7 and -1, 0
        var expected = (Math.Pow(2 - 1, 2) + Math.Pow(4 - 7, 2) + Math.Pow(0 + 1, 2) + Math.Pow(-3 - 0, 2)) / 4;
        Assert.Equal(expected, InBatchMarginMseLoss.Compute(student, teacher).item<float>(), 1e-6);
    }

    [Fact]
    public void Loss_matches_loops() => DenseArithmetic.ScoreMatrices.Sample(matrices =>
    {
        using var scope = NewDisposeScope();
        var (student, teacher, _) = matrices;
        var loss = InBatchMarginMseLoss.Compute(DenseArithmetic.ToTensor(student), DenseArithmetic.ToTensor(teacher));
        var expected = DenseArithmetic.InBatchMarginMse(student, teacher);
        Assert.Equal(expected, loss.item<float>(), 1e-4 * (1 + expected));
    });

    [Fact]
    public void Gradient_matches_finite_differences() => DenseArithmetic.ScoreMatrices.Sample(matrices =>
    {
        using var scope = NewDisposeScope();
        var (student, teacher, _) = matrices;
        var scores = DenseArithmetic.ToTensor(student).requires_grad_();
        InBatchMarginMseLoss.Compute(scores, DenseArithmetic.ToTensor(teacher)).backward();
        DenseArithmetic.AssertGradient(
            scores, student, changed => DenseArithmetic.InBatchMarginMse(changed, teacher));
    }, iter: 20);
}
