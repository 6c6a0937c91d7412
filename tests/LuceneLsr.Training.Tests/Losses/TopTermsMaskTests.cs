using LuceneLsr.Training.Losses;
using TorchSharp;
using static TorchSharp.torch;

namespace LuceneLsr.Training.Tests.Losses;

public class TopTermsMaskTests
{
    private static readonly float[,] Weights = { { 1, 4, 0, 3 }, { 0, 0, 2, 0 } };

    [Fact]
    public void Mask_keeps_only_largest_weights_of_each_text()
    {
        using var weights = tensor(Weights);
        using var kept = TopTermsMask.Apply(weights, 2);
        Assert.Equal([0, 4, 0, 3, 0, 0, 2, 0], kept.data<float>().ToArray());
    }

    [Fact]
    public void Only_kept_weights_get_a_gradient()
    {
        using var weights = tensor(Weights, requires_grad: true);
        using var kept = TopTermsMask.Apply(weights, 1);
        kept.sum().backward();
        Assert.Equal([0, 1, 0, 0, 0, 0, 1, 0], weights.grad!.data<float>().ToArray());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    [InlineData(9)]
    public void Mask_with_zero_or_large_count_keeps_all_weights(int count)
    {
        using var weights = tensor(Weights, requires_grad: true);
        using var kept = TopTermsMask.Apply(weights, count);
        kept.sum().backward();
        Assert.Equal(weights.data<float>().ToArray(), kept.data<float>().ToArray());
        Assert.All(weights.grad!.data<float>().ToArray(), gradient => Assert.Equal(1, gradient));
    }
}
