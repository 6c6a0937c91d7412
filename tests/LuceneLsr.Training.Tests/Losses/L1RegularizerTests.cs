using LuceneLsr.Training.Losses;
using TorchSharp;
using static TorchSharp.torch;

namespace LuceneLsr.Training.Tests.Losses;

public class L1RegularizerTests
{
    [Fact]
    public void The_weights_of_a_text_are_summed_and_averaged_over_texts()
    {
        using var weights = tensor(new float[,] { { 1, 0, 2 }, { 3, 0, 0 } }, requires_grad: true);
        using var penalty = L1Regularizer.Penalty(weights);
        Assert.Equal((3 + 3) / 2.0, penalty.item<float>());
        penalty.backward();
        Assert.All(weights.grad!.data<float>().ToArray(), gradient => Assert.Equal(0.5, gradient));
    }

    [Fact]
    public void Spreading_weight_over_terms_changes_nothing()
    {
        using var spread = tensor(new float[,] { { 2, 0 }, { 0, 2 } });
        using var together = tensor(new float[,] { { 2, 0 }, { 2, 0 } });
        Assert.Equal(2, L1Regularizer.Penalty(spread).item<float>());
        Assert.Equal(2, L1Regularizer.Penalty(together).item<float>());
    }
}
