using LuceneLsr.Torch.Modules;
using static TorchSharp.torch;

namespace LuceneLsr.Torch.Models;

/// <summary>The part of a language model below its head.</summary>
internal abstract class Backbone : nn.Module<Tensor, Tensor?, Tensor>
{
    protected Backbone(string name)
        : base(name)
    {
    }

    /// <summary>Gets the input embeddings, [vocabulary, hidden].</summary>
    public abstract WeightMatrix Embeddings { get; }

    /// <summary>Gets or sets whether training recomputes each layer's activations in the backward pass.</summary>
    public bool RecomputesActivations { get; set; }

    /// <summary>Computes the final hidden states.</summary>
    /// <param name="ids">The token ids, [batch, length].</param>
    /// <param name="mask">The mask as in <see cref="AttentionContext.Mask"/>.</param>
    /// <returns>[batch, length, hidden].</returns>
    public abstract override Tensor forward(Tensor ids, Tensor? mask);

    /// <summary>Creates what all layers share in one pass.</summary>
    /// <param name="hidden">The input of the first layer, [batch, length, hidden].</param>
    /// <param name="mask">The mask as in <see cref="AttentionContext.Mask"/>.</param>
    protected abstract AttentionContext CreateContext(Tensor hidden, Tensor? mask);

    /// <summary>Runs the layers one after the other: [batch, length, hidden] -> same shape.</summary>
    protected Tensor RunLayers(
        IEnumerable<nn.Module<Tensor, AttentionContext, Tensor>> layers, Tensor hidden, Tensor? mask)
    {
        var context = CreateContext(hidden, mask);
        foreach (var layer in layers)
        {
            // Even without a gradient, so that dropout draws the same numbers; never a frozen layer.
            hidden = RecomputesActivations && training && IsTrained(layer)
                ? RecomputedLayer.Run(hidden, mask, layer, CreateContext)
                : layer.forward(hidden, context);
        }

        return hidden;
    }

    private static bool IsTrained(nn.Module layer) => layer.parameters().Any(parameter => parameter.requires_grad);
}
