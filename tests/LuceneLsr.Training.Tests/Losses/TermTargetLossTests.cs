using LuceneLsr.Training.Losses;
using TorchSharp;
using static TorchSharp.torch;

namespace LuceneLsr.Training.Tests.Losses;

public class TermTargetLossTests
{
    [Fact]
    public void Loss_is_mean_squared_error_and_ignores_missing_terms_that_should_be_missing()
    {
        using var weights = tensor(new[] { 1.5f, -0.5f, 0.5f, -2 }, requires_grad: true);
        using var targets = tensor(new float[] { 1, 1, 0, 0 });
        using var loss = TermTargetLoss.Compute(weights, targets);
        Assert.Equal((0.25 + 2.25 + 0.25 + 0) / 4, loss.item<float>(), 1e-6);
        loss.backward();
        Assert.Equal([0.25f, -0.75f, 0.25f, 0], weights.grad!.data<float>().ToArray());
    }
}
