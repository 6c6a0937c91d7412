using LuceneLsr.Training.Losses;
using TorchSharp;
using static TorchSharp.torch;

namespace LuceneLsr.Training.Tests.Losses;

/// <summary>Three terms of weight 2 in ten texts: the first is in one, the second in five, the third in all.</summary>
public class DfFlopsRegularizerTests
{
    private static readonly int[] Frequencies = [1, 5, 10];

    [Fact]
    public void Penalty_scales_squared_mean_weights_by_document_frequency_factor()
    {
        using var weights = Weights();
        using var penalty = DfFlopsRegularizer.Compute(weights);
        var expected = Frequencies.Sum(frequency => Factor(frequency / 10.0) * Math.Pow(2 * frequency / 10.0, 2));
        Assert.Equal(expected, penalty.item<float>(), 1e-4);
    }

    [Fact]
    public void Factor_is_one_half_at_a_tenth_of_the_texts_and_one_at_all_texts()
    {
        Assert.Equal(0.5, Factor(0.1), 1e-12);
        Assert.Equal(1, Factor(1), 1e-12);
        Assert.InRange(Factor(0.01), 0, 1e-4); // 3^10
    }

    [Fact]
    public void Gradient_treats_factor_as_constant()
    {
        using var weights = Weights();
        using var penalty = DfFlopsRegularizer.Compute(weights);
        penalty.backward();
        var gradients = weights.grad!.data<float>().ToArray().Chunk(3).ToArray();
        Assert.All(Frequencies.Index(), term => Assert.All(gradients, text => // 2 x factor x mean / batch
            Assert.Equal(
                2 * Factor(term.Item / 10.0) * (2 * term.Item / 10.0) / 10, text[term.Index], 1e-5)));
    }

    [Fact]
    public void Term_in_no_text_adds_neither_penalty_nor_gradient()
    {
        using var weights = zeros(4, 2, requires_grad: true);
        using var penalty = DfFlopsRegularizer.Compute(weights);
        penalty.backward();
        Assert.Equal(0, penalty.item<float>());
        Assert.All(weights.grad!.data<float>().ToArray(), gradient => Assert.Equal(0, gradient));
    }

    // 1 / (1 + (x^(log_0.1 2) - 1)^10), with the exponent written as -log10 2.
    private static double Factor(double share) => 1 / (1 + Math.Pow(Math.Pow(share, -Math.Log10(2)) - 1, 10));

    private static Tensor Weights()
    {
        var weights = new float[10, 3];
        foreach (var (term, frequency) in Frequencies.Index())
        {
            for (var text = 0; text < frequency; text++)
            {
                weights[text, term] = 2;
            }
        }

        return tensor(weights, requires_grad: true);
    }
}
