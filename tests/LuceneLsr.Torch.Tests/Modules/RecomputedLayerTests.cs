using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Torch.Tests.Reference;
using LuceneLsr.Torch.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace LuceneLsr.Torch.Tests.Modules;

public class RecomputedLayerTests
{
    public static MatrixTheoryData<AttentionVariant, int?, bool> Cases { get; } =
        new(Enum.GetValues<AttentionVariant>(), [null, 3], [true, false]);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Loss_and_gradients_are_those_of_layers_that_are_computed_once(
        AttentionVariant variant, int? window, bool tied)
    {
        using var model = Create(window, tied);
        var expected = Gradients.Of(model, variant);
        model.RecomputesActivations = true;
        Assert.Equal(model.named_parameters().Count() + 1, expected.Count);
        Gradients.Equal(expected, Gradients.Of(model, variant));
    }

    /// <summary>The embeddings are frozen too, so that nothing asks for a gradient before the first layer.</summary>
    [Theory]
    [InlineData(AttentionVariant.Causal)]
    [InlineData(AttentionVariant.Bidirectional)]
    public void So_they_are_where_only_factors_of_low_rank_are_trained(AttentionVariant variant)
    {
        using var model = CreateWithLora(dropout: 0);
        var expected = Gradients.Of(model, variant);
        model.RecomputesActivations = true;
        Assert.Equal((2 * 2 * 2) + 1, expected.Count); // A and B of two projections of two layers
        Gradients.Equal(expected, Gradients.Of(model, variant));
    }

    /// <summary>The slope of the loss along the gradient, from two losses, is the gradient's norm.</summary>
    [Fact]
    public void Dropout_is_the_same_when_a_layer_is_computed_again()
    {
        const double Distance = 1e-3;
        using var model = CreateWithLora(dropout: 0.4);
        model.RecomputesActivations = true;
        Gradients.Of(model, AttentionVariant.Causal);
        using var scope = NewDisposeScope();
        var gradient = model.parameters().Where(parameter => parameter.requires_grad)
            .Select(parameter => (Parameter: parameter, Slope: parameter.grad!.clone())).ToArray();
        var norm = Math.Sqrt(gradient.Sum(pair => pair.Slope.square().sum().item<float>()));
        Assert.Equal(norm, (LossAt(Distance) - LossAt(-Distance)) / (2 * Distance), norm / 50);
        Assert.NotEqual(LossAt(0), Gradients.Loss(model, AttentionVariant.Causal, seed: 2).item<float>());

        double LossAt(double distance)
        {
            Move(distance);
            var loss = Gradients.Loss(model, AttentionVariant.Causal).item<float>();
            Move(-distance);
            return loss;
        }

        void Move(double distance)
        {
            using var ungraded = no_grad();
            foreach (var (parameter, slope) in gradient)
            {
                parameter.add_(slope, distance / norm);
            }
        }
    }

    [Fact]
    public void Two_hundred_steps_leave_no_tensor_behind()
    {
        using var model = CreateWithLora(dropout: 0.1);
        model.RecomputesActivations = true;
        Gradients.Of(model, AttentionVariant.Bidirectional); // from now on there are gradients
        var before = Live();
        for (var step = 0; step < 200; step++)
        {
            Gradients.Of(model, AttentionVariant.Bidirectional);
        }

        Assert.Equal(before, Live());

        static long Live() => DisposeScopeManager.Statistics.ThreadTotalLiveCount; // not those of other tests
    }

    private static CausalLanguageModel Create(int? window, bool tied)
    {
        var config = TinyModel.Config with { SlidingWindow = window, FirstWindowedLayer = 1 };
        config = tied ? config : TinyModel.Untied(config, outputSize: 40);
        var model = TinyModel.Create(config, ReferenceWeights.Random(config, seed: 4));
        model.train();
        return model;
    }

    private static CausalLanguageModel CreateWithLora(double dropout)
    {
        var model = Create(window: null, tied: false);
        model.AddTrainedLora(dropout);
        return model;
    }
}
