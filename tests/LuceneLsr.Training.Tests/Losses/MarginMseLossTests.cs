using LuceneLsr.Training.Losses;
using TorchSharp;
using static TorchSharp.torch;

namespace LuceneLsr.Training.Tests.Losses;

public class MarginMseLossTests
{
    private static readonly float[,] Student = { { 5, 3, 1 }, { 4, 4, 7 } };
    private static readonly float[,] Teacher = { { 9, 8, 2 }, { 1, 0, 0 } };

    [Fact]
    public void Loss_is_mean_squared_margin_error_over_all_negatives()
    {
        using var scope = NewDisposeScope();
        // margins 2, 4 and 0, -3 to 1, 7 and 1, 1
        var expected = (Math.Pow(2 - 1, 2) + Math.Pow(4 - 7, 2) + Math.Pow(0 - 1, 2) + Math.Pow(-3 - 1, 2)) / 4;
        Assert.Equal(
            expected, MarginMseLoss.Compute(tensor(Student), tensor(Teacher), ones(2, 3) > 0).item<float>(), 1e-6);
    }

    [Fact]
    public void Masked_negatives_add_neither_loss_nor_gradient()
    {
        using var scope = NewDisposeScope();
        var student = tensor(Student, requires_grad: true);
        var mask = tensor(new[,] { { true, true, true }, { true, true, false } });
        var loss = MarginMseLoss.Compute(student, tensor(Teacher), mask);
        loss.backward();
        Assert.Equal((1 + 9 + 1) / 3.0, loss.item<float>(), 1e-6);
        // 2/3 of the errors 1, -3 and -1, added for relevant documents and subtracted for negatives
        Assert.All(
            new[] { -4 / 3.0, -2 / 3.0, 2, -2 / 3.0, 2 / 3.0, 0 }.Zip(student.grad!.data<float>().ToArray()),
            pair => Assert.Equal(pair.First, pair.Second, 1e-6));
    }

    [Fact]
    public void Loss_of_queries_without_negatives_is_zero()
    {
        using var scope = NewDisposeScope();
        var student = tensor(new float[,] { { 5 }, { 4 } }, requires_grad: true);
        var loss = MarginMseLoss.Compute(student, zeros(2, 1), ones(2, 1) > 0);
        loss.backward();
        Assert.Equal(0, loss.item<float>());
        Assert.Equal([0, 0], student.grad!.data<float>().ToArray());
    }
}
