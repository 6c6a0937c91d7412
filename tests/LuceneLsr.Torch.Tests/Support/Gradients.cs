using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Torch.Models;
using LuceneLsr.TorchTestSupport;
using TorchSharp;
using static TorchSharp.torch;

namespace LuceneLsr.Torch.Tests.Support;

/// <summary>Computes the gradients of a loss that depends on every logit of a batch.</summary>
internal static class Gradients
{
    /// <summary>Computes the gradient of each trained parameter by name, and the loss under the name "".</summary>
    public static Dictionary<string, float[]> Compute(LanguageModel model, AttentionVariant variant)
    {
        using var scope = NewDisposeScope();
        model.zero_grad();
        var loss = ComputeLoss(model, variant);
        loss.backward();
        return model.named_parameters().Where(pair => pair.parameter.grad is not null)
            .ToDictionary(pair => pair.name, pair => pair.parameter.grad!.data<float>().ToArray())
            .Append(new("", [loss.item<float>()])).ToDictionary(StringComparer.Ordinal);
    }

    /// <summary>Computes the loss: the mean of the logits, each multiplied by its own random slope.</summary>
    /// <param name="model">The model.</param>
    /// <param name="variant">How the model reads the texts, three of different lengths.</param>
    /// <param name="seed">The seed of dropout.</param>
    public static Tensor ComputeLoss(LanguageModel model, AttentionVariant variant, int seed = 1)
    {
        using var scope = NewDisposeScope();
        using var batch = TokenBatch.Create(TinyModel.CreateTexts(seed: 2, 9, 1, 6), [], variant, CPU);
        manual_seed(seed);
        var pooled = model.ComputeLogits(model.forward(batch)).flatten(0, 1).index_select(0, batch.PoolIndex.flatten());
        return (pooled * rand(pooled.shape, generator: new Generator(3))).mean().MoveToOuterDisposeScope();
    }

    /// <summary>Asserts that names and values are the same within rounding.</summary>
    public static void Equal(Dictionary<string, float[]> expected, Dictionary<string, float[]> actual)
    {
        Assert.Equal(expected.Keys.Order(), actual.Keys.Order());
        Assert.All(expected, pair => Near.Equal(pair.Value, actual[pair.Key]));
    }
}
