using LuceneLsr.Training.Losses;
using TorchSharp;
using static TorchSharp.torch;

namespace LuceneLsr.Training.Tests.Losses;

public class TopTermsTests
{
    private static readonly float[,] Weights = { { 1, 4, 0, 3 }, { 0, 0, 2, 0 } };

    [Fact]
    public void A_texts_largest_weights_are_kept_and_no_others()
    {
        using var weights = tensor(Weights);
        using var kept = TopTerms.Keep(weights, 2);
        Assert.Equal([0, 4, 0, 3, 0, 0, 2, 0], kept.data<float>().ToArray());
    }

    [Fact]
    public void Only_what_is_kept_has_a_gradient()
    {
        using var weights = tensor(Weights, requires_grad: true);
        using var kept = TopTerms.Keep(weights, 1);
        kept.sum().backward();
        Assert.Equal([0, 1, 0, 0, 0, 0, 1, 0], weights.grad!.data<float>().ToArray());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    [InlineData(9)]
    public void None_or_no_fewer_than_there_are_keeps_all(int count)
    {
        using var weights = tensor(Weights, requires_grad: true);
        using var kept = TopTerms.Keep(weights, count);
        kept.sum().backward();
        Assert.Equal(weights.data<float>().ToArray(), kept.data<float>().ToArray());
        Assert.All(weights.grad!.data<float>().ToArray(), gradient => Assert.Equal(1, gradient));
    }
}
