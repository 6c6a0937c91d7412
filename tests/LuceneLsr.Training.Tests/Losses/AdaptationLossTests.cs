using LuceneLsr.Training.Losses;
using LuceneLsr.Training.Tests.Support;
using static TorchSharp.torch;

namespace LuceneLsr.Training.Tests.Losses;

public class AdaptationLossTests
{
    private static readonly double[][] Logits = [[1, -2, 0.5], [0, 3, -1]];

    [Fact]
    public void Losses_are_mean_cross_entropies_over_positions()
    {
        using var scope = NewDisposeScope();
        var logits = DenseArithmetic.ToTensor(Logits);
        var targets = tensor(new[] { 2L, 1L });
        var plain = AdaptationLoss.ComputePlain(logits, targets);
        var saturated = AdaptationLoss.ComputeSaturated(logits, targets);

        // softmax(1, -2, 0.5) at 2 and softmax(0, 3, -1) at 1
        var first = -Math.Log(Math.Exp(0.5) / (Math.Exp(1) + Math.Exp(-2) + Math.Exp(0.5)));
        var second = -Math.Log(Math.Exp(3) / (1 + Math.Exp(3) + Math.Exp(-1)));
        Assert.Equal((first + second) / 2, plain.item<float>(), 1e-6);

        // exp(log(1 + ReLU(x))) is 1 + ReLU(x): 2, 1, 1.5 and 1, 4, 1
        Assert.Equal((-Math.Log(1.5 / 4.5) - Math.Log(4 / 6.0)) / 2, saturated.item<float>(), 1e-6);
    }
}
