using LuceneLsr.Tokenization.Settings;
using TorchSharp;
using static TorchSharp.torch;

namespace LuceneLsr.Torch.Tests.Support;

/// <summary>Gradients of a loss that every logit of a batch has a part in.</summary>
internal static class Gradients
{
    /// <summary>The gradient of each trained parameter by its name, and the loss under "".</summary>
    public static Dictionary<string, float[]> Of(CausalLanguageModel model, AttentionVariant variant)
    {
        using var scope = NewDisposeScope();
        model.zero_grad();
        var loss = Loss(model, variant);
        loss.backward();
        return model.named_parameters().Where(pair => pair.parameter.grad is not null)
            .ToDictionary(pair => pair.name, pair => pair.parameter.grad!.data<float>().ToArray())
            .Append(new("", [loss.item<float>()])).ToDictionary(StringComparer.Ordinal);
    }

    /// <summary>The loss alone: the mean of the logits, each times a slope of its own.</summary>
    /// <param name="model">The model.</param>
    /// <param name="variant">How it reads the texts, three of different lengths.</param>
    /// <param name="seed">What dropout is drawn from.</param>
    public static Tensor Loss(CausalLanguageModel model, AttentionVariant variant, int seed = 1)
    {
        using var scope = NewDisposeScope();
        using var batch = TokenBatch.Create(TinyModel.Texts(seed: 2, 9, 1, 6), [], variant, CPU);
        manual_seed(seed);
        var pooled = model.Logits(model.forward(batch)).flatten(0, 1).index_select(0, batch.PoolIndex.flatten());
        return (pooled * rand(pooled.shape, generator: new Generator(3))).mean().MoveToOuterDisposeScope();
    }

    /// <summary>Asserts that all are there and near each other.</summary>
    public static void Equal(Dictionary<string, float[]> expected, Dictionary<string, float[]> actual)
    {
        Assert.Equal(expected.Keys.Order(), actual.Keys.Order());
        Assert.All(expected, pair => Near.Equal([.. pair.Value.Select(value => (double)value)], actual[pair.Key]));
    }
}
