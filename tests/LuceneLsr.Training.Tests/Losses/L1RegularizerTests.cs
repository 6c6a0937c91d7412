using LuceneLsr.Training.Losses;
using TorchSharp;
using static TorchSharp.torch;

namespace LuceneLsr.Training.Tests.Losses;

public class L1RegularizerTests
{
    [Fact]
    public void Penalty_is_mean_over_texts_of_summed_weights()
    {
        using var weights = tensor(new float[,] { { 1, 0, 2 }, { 3, 0, 0 } }, requires_grad: true);
        using var penalty = L1Regularizer.Compute(weights);
        Assert.Equal((3 + 3) / 2.0, penalty.item<float>());
        penalty.backward();
        Assert.All(weights.grad!.data<float>().ToArray(), gradient => Assert.Equal(0.5, gradient));
    }

    [Fact]
    public void Penalty_does_not_depend_on_spread_over_terms()
    {
        using var spread = tensor(new float[,] { { 2, 0 }, { 0, 2 } });
        using var together = tensor(new float[,] { { 2, 0 }, { 2, 0 } });
        Assert.Equal(2, L1Regularizer.Compute(spread).item<float>());
        Assert.Equal(2, L1Regularizer.Compute(together).item<float>());
    }
}
