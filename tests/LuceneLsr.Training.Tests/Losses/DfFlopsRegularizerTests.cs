using LuceneLsr.Training.Losses;
using TorchSharp;
using static TorchSharp.torch;

namespace LuceneLsr.Training.Tests.Losses;

/// <summary>Ten texts and three terms of weight 2: in one of the texts, in half of them, in all.</summary>
public class DfFlopsRegularizerTests
{
    private static readonly int[] Frequencies = [1, 5, 10];

    [Fact]
    public void Terms_cost_by_how_many_texts_have_them()
    {
        using var weights = Weights();
        using var penalty = DfFlopsRegularizer.Penalty(weights);
        var expected = Frequencies.Sum(frequency => Factor(frequency / 10.0) * Math.Pow(2 * frequency / 10.0, 2));
        Assert.Equal(expected, penalty.item<float>(), 1e-4);
    }

    [Fact]
    public void A_term_of_a_tenth_of_the_texts_counts_half_and_one_of_all_whole()
    {
        Assert.Equal(0.5, Factor(0.1), 1e-12);
        Assert.Equal(1, Factor(1), 1e-12);
        Assert.InRange(Factor(0.01), 0, 1e-4); // 3^10
    }

    [Fact]
    public void The_factor_is_no_part_of_the_gradient()
    {
        using var weights = Weights();
        using var penalty = DfFlopsRegularizer.Penalty(weights);
        penalty.backward();
        var gradients = weights.grad!.data<float>().ToArray().Chunk(3).ToArray();
        Assert.All(Frequencies.Index(), term => Assert.All(gradients, text => // 2 x factor x mean / batch
            Assert.Equal(
                2 * Factor(term.Item / 10.0) * (2 * term.Item / 10.0) / 10, text[term.Index], 1e-5)));
    }

    [Fact]
    public void A_term_that_no_text_has_costs_nothing_and_has_no_gradient()
    {
        using var weights = zeros(4, 2, requires_grad: true);
        using var penalty = DfFlopsRegularizer.Penalty(weights);
        penalty.backward();
        Assert.Equal(0, penalty.item<float>());
        Assert.All(weights.grad!.data<float>().ToArray(), gradient => Assert.Equal(0, gradient));
    }

    // 1 / (1 + (x^(log_0.1 2) - 1)^10), the exponent written as -log10 2.
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
