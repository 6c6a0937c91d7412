using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Torch.Models;
using LuceneLsr.Torch.Tests.Reference;
using LuceneLsr.Torch.Tests.Support;
using LuceneLsr.TorchTestSupport;
using TorchSharp;
using static TorchSharp.torch;

namespace LuceneLsr.Torch.Tests.Models;

[Collection(nameof(GlobalState))]
public class RecomputedLayerTests
{
    public static MatrixTheoryData<AttentionVariant, int?, bool> Cases { get; } =
        new(Enum.GetValues<AttentionVariant>(), [null, 3], [true, false]);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Recomputed_activations_give_same_loss_and_gradients(
        AttentionVariant variant, int? window, bool tied)
    {
        using var model = Create(window, tied);
        var expected = Gradients.Compute(model, variant);
        model.RecomputesActivations = true;
        Assert.Equal(model.named_parameters().Count() + 1, expected.Count);
        Gradients.Equal(expected, Gradients.Compute(model, variant));
    }

    public static MatrixTheoryData<string, AttentionVariant> MaskedCases { get; } =
        new(TinyEncoder.Families, Enum.GetValues<AttentionVariant>());

    [Theory]
    [MemberData(nameof(MaskedCases))]
    public void Recomputed_activations_of_masked_lm_give_same_loss_and_gradients(
        string family, AttentionVariant variant)
    {
        var config = TinyEncoder.Create(family);
        using var model = TinyModel.Create(config, ReferenceWeights.Random(config, seed: 4));
        model.train();
        var expected = Gradients.Compute(model, variant);
        model.RecomputesActivations = true;
        Assert.Equal(model.named_parameters().Count() + 1, expected.Count);
        Gradients.Equal(expected, Gradients.Compute(model, variant));
    }

    /// <summary>The embeddings are frozen too, so the input of the first layer needs no gradient.</summary>
    [Theory]
    [InlineData(AttentionVariant.Causal)]
    [InlineData(AttentionVariant.Bidirectional)]
    public void Recomputed_activations_with_lora_give_same_loss_and_gradients(AttentionVariant variant)
    {
        using var model = CreateWithLora(dropout: 0);
        var expected = Gradients.Compute(model, variant);
        model.RecomputesActivations = true;
        Assert.Equal((2 * 2 * 2) + 1, expected.Count); // A and B of two projections in two layers
        Gradients.Equal(expected, Gradients.Compute(model, variant));
    }

    /// <summary>
    /// The slope of the loss along the gradient, computed from two losses, equals the norm of the gradient.
    /// </summary>
    [Fact]
    public void Recomputed_activations_repeat_dropout()
    {
        const double Distance = 1e-3;
        using var model = CreateWithLora(dropout: 0.4);
        model.RecomputesActivations = true;
        Gradients.Compute(model, AttentionVariant.Causal);
        using var scope = NewDisposeScope();
        var gradient = model.parameters().Where(parameter => parameter.requires_grad)
            .Select(parameter => (Parameter: parameter, Slope: parameter.grad!.clone())).ToArray();
        var norm = Math.Sqrt(gradient.Sum(pair => pair.Slope.square().sum().item<float>()));
        Assert.Equal(norm, (ComputeLoss(Distance) - ComputeLoss(-Distance)) / (2 * Distance), norm / 50);
        Assert.NotEqual(ComputeLoss(0), Gradients.ComputeLoss(model, AttentionVariant.Causal, seed: 2).item<float>());

        double ComputeLoss(double distance)
        {
            Move(distance);
            var loss = Gradients.ComputeLoss(model, AttentionVariant.Causal).item<float>();
            Move(-distance);
            return loss;
        }

        void Move(double distance)
        {
            using var noGrad = no_grad();
            foreach (var (parameter, slope) in gradient)
            {
                parameter.add_(slope, distance / norm);
            }
        }
    }

    [Fact]
    public void Recomputed_activations_leak_no_tensors_over_200_steps()
    {
        using var model = CreateWithLora(dropout: 0.1);
        model.RecomputesActivations = true;
        Gradients.Compute(model, AttentionVariant.Bidirectional); // creates the gradients
        var before = CountLiveTensors();
        for (var step = 0; step < 200; step++)
        {
            Gradients.Compute(model, AttentionVariant.Bidirectional);
        }

        Assert.Equal(before, CountLiveTensors());

        static long CountLiveTensors() => DisposeScopeManager.Statistics.ThreadTotalLiveCount; // of this thread only
    }

    private static LanguageModel Create(int? window, bool tied)
    {
        var config = TinyModel.Config with { SlidingWindow = window, FirstSlidingWindowLayer = 1 };
        config = tied ? config : TinyModel.Untied(config, outputSize: 40);
        var model = TinyModel.Create(config, ReferenceWeights.Random(config, seed: 4));
        model.train();
        return model;
    }

    private static LanguageModel CreateWithLora(double dropout)
    {
        var model = Create(window: null, tied: false);
        model.AddTrainedLora(dropout);
        return model;
    }
}
