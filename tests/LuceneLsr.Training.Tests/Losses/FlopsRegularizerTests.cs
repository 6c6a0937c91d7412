using LuceneLsr.Training.Losses;
using TorchSharp;
using static TorchSharp.torch;

namespace LuceneLsr.Training.Tests.Losses;

public class FlopsRegularizerTests
{
    [Fact]
    public void Penalty_is_sum_of_squared_mean_weights()
    {
        using var weights = tensor(new float[,] { { 1, 0, 2 }, { 3, 0, 0 } }, requires_grad: true); // means 2, 0, 1
        using var penalty = FlopsRegularizer.Compute(weights);
        Assert.Equal(4 + 0 + 1, penalty.item<float>());
        penalty.backward();
        Assert.Equal([2, 0, 1, 2, 0, 1], weights.grad!.data<float>().ToArray()); // 2 x mean / batch
    }

    [Fact]
    public void Weights_spread_over_terms_cost_less_than_weights_on_one_term()
    {
        using var spread = tensor(new float[,] { { 2, 0 }, { 0, 2 } });
        using var together = tensor(new float[,] { { 2, 0 }, { 2, 0 } });
        Assert.Equal(2, FlopsRegularizer.Compute(spread).item<float>());
        Assert.Equal(4, FlopsRegularizer.Compute(together).item<float>());
    }

    /// <summary>The first text has two active terms, the second three.</summary>
    [Fact]
    public void Texts_with_few_terms_are_exempt_from_penalty()
    {
        using var weights = tensor(new float[,] { { 1, 0, 2 }, { 3, 1, 1 } }, requires_grad: true);
        using var penalty = FlopsRegularizer.Compute(weights, aboveTerms: 2);
        Assert.Equal((1.5 * 1.5) + (0.5 * 0.5) + (0.5 * 0.5), penalty.item<float>());
        penalty.backward();
        Assert.Equal([0, 0, 0, 1.5f, 0.5f, 0.5f], weights.grad!.data<float>().ToArray());
    }
}
