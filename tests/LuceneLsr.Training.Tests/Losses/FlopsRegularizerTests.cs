using LuceneLsr.Training.Losses;
using TorchSharp;
using static TorchSharp.torch;

namespace LuceneLsr.Training.Tests.Losses;

public class FlopsRegularizerTests
{
    [Fact]
    public void The_mean_weight_of_each_term_is_squared()
    {
        using var weights = tensor(new float[,] { { 1, 0, 2 }, { 3, 0, 0 } }, requires_grad: true); // means 2, 0, 1
        using var penalty = FlopsRegularizer.Penalty(weights);
        Assert.Equal(4 + 0 + 1, penalty.item<float>());
        penalty.backward();
        Assert.Equal([2, 0, 1, 2, 0, 1], weights.grad!.data<float>().ToArray()); // 2 x mean / batch
    }

    [Fact]
    public void Weight_spread_over_many_terms_costs_less_than_the_same_on_one()
    {
        using var spread = tensor(new float[,] { { 2, 0 }, { 0, 2 } });
        using var together = tensor(new float[,] { { 2, 0 }, { 2, 0 } });
        Assert.Equal(2, FlopsRegularizer.Penalty(spread).item<float>());
        Assert.Equal(4, FlopsRegularizer.Penalty(together).item<float>());
    }

    /// <summary>The first text has two active terms, the second three.</summary>
    [Fact]
    public void Texts_with_few_terms_are_left_alone()
    {
        using var weights = tensor(new float[,] { { 1, 0, 2 }, { 3, 1, 1 } }, requires_grad: true);
        using var penalty = FlopsRegularizer.Penalty(weights, aboveTerms: 2);
        Assert.Equal((1.5 * 1.5) + (0.5 * 0.5) + (0.5 * 0.5), penalty.item<float>());
        penalty.backward();
        Assert.Equal([0, 0, 0, 1.5f, 0.5f, 0.5f], weights.grad!.data<float>().ToArray());
    }
}
