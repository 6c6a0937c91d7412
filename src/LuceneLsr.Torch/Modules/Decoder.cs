using LuceneLsr.Torch.Checkpoints;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LuceneLsr.Torch.Modules;

/// <summary>
/// The decoder stack of a causal LM of the Llama kind (Touvron et al., 2023), without its head. In what families differ
/// is in the <see cref="DecoderConfig"/>.
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
        Embeddings = weights.Matrix(DecoderNames.Embeddings, config.VocabSize, config.HiddenSize);
        _layers = [.. Enumerable.Range(0, config.NumHiddenLayers).Select(layer =>
            new DecoderLayer(config, weights, $"{DecoderNames.Decoder}.{Layers}.{layer}", layer))];
        _norm = new RmsNorm(weights, $"{DecoderNames.Decoder}.{Norm}", config.HiddenSize, config.RmsNormEps);
        _frequencies = RotaryPositions.Frequencies(config);
        register_module(EmbeddingsName, Embeddings);
        register_module(Layers, new ModuleList<DecoderLayer>(_layers));
        register_module(Norm, _norm);
    }

    /// <summary>[vocabulary, hidden]</summary>
    public WeightMatrix Embeddings { get; }

    /// <summary>Whether in training layers keep only their input for the gradient and compute the rest again.</summary>
    public bool RecomputesActivations { get; set; }

    // [batch, length], mask as in AttentionContext -> [batch, length, hidden]
    public override Tensor forward(Tensor ids, Tensor? mask)
    {
        using var scope = NewDisposeScope();
        var hidden = Embeddings.Select(ids);
        var context = Context(hidden, mask);
        foreach (var layer in _layers)
        {
            hidden = RecomputesActivations && training // without a gradient too, so that dropout is drawn alike
                ? RecomputedLayer.Run(hidden, mask, layer, Context)
                : layer.forward(hidden, context);
        }

        return _norm.forward(hidden).MoveToOuterDisposeScope();
    }

    private AttentionContext Context(Tensor hidden, Tensor? mask)
    {
        var length = hidden.shape[1];
        return new(
            RotaryPositions.Angles(_frequencies, length, hidden),
            mask,
            AttentionContext.WindowMask(_config.SlidingWindow, mask, length, hidden.device));
    }
}
