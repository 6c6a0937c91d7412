using LuceneLsr.Torch.Modules;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LuceneLsr.Torch.Models;

/// <summary>
/// The decoder stack of a Llama-style causal LM (Touvron et al., 2023), without its head. The <see
/// cref="DecoderConfig"/> selects what model families do differently.
/// </summary>
internal sealed class Decoder : nn.Module<Tensor, Tensor?, Tensor>
{
    private readonly DecoderLayer[] _layers;
    private readonly RmsNorm _norm;
    private readonly DecoderConfig _config;
    private readonly double[] _frequencies;

    public Decoder(DecoderConfig config, WeightSource weights)
        : base(nameof(Decoder))
    {
        const string EmbeddingsName = "embed_tokens", Layers = "layers", Norm = "norm";
        _config = config;
        Embeddings = weights.CreateMatrix(ModuleNames.Embeddings, config.VocabSize, config.HiddenSize);
        _layers = [.. Enumerable.Range(0, config.NumHiddenLayers).Select(layer =>
            new DecoderLayer(config, weights, $"{ModuleNames.Decoder}.{Layers}.{layer}", layer))];
        _norm = new RmsNorm(weights, $"{ModuleNames.Decoder}.{Norm}", config.HiddenSize, config.RmsNormEps);
        _frequencies = [.. RotaryEmbedding.ComputeFrequencies(config.HeadDim, config.RopeTheta)
            .Select(frequency => config.RopeScaling?.Scale(frequency) ?? frequency)];
        register_module(EmbeddingsName, Embeddings);
        register_module(Layers, new ModuleList<DecoderLayer>(_layers));
        register_module(Norm, _norm);
    }

    /// <summary>Gets the input embeddings, [vocabulary, hidden].</summary>
    public WeightMatrix Embeddings { get; }

    /// <summary>Gets or sets whether training recomputes each layer's activations in the backward pass.</summary>
    public bool RecomputesActivations { get; set; }

    // [batch, length], mask as in AttentionContext -> [batch, length, hidden]
    public override Tensor forward(Tensor ids, Tensor? mask)
    {
        using var scope = NewDisposeScope();
        var hidden = Embeddings.SelectRows(ids);
        var context = CreateContext(hidden, mask);
        foreach (var layer in _layers)
        {
            // Even without a gradient, so that dropout draws the same numbers.
            hidden = RecomputesActivations && training
                ? RecomputedLayer.Run(hidden, mask, layer, CreateContext)
                : layer.forward(hidden, context);
        }

        return _norm.forward(hidden).MoveToOuterDisposeScope();
    }

    private AttentionContext CreateContext(Tensor hidden, Tensor? mask)
    {
        var length = hidden.shape[1];
        return new(
            RotaryEmbedding.ComputeAngles(_frequencies, length, hidden),
            mask,
            AttentionContext.CreateSlidingMask(_config.SlidingWindow, mask, length, hidden.device));
    }
}
