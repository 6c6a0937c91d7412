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

    // [batch, length], mask as in AttentionContext -> [batch, length, hidden]
    public override Tensor forward(Tensor ids, Tensor? mask)
    {
        using var scope = NewDisposeScope();
        var (length, hidden) = (ids.shape[1], Embeddings.Select(ids));
        var context = new AttentionContext(
            RotaryPositions.Angles(_frequencies, length, hidden),
            mask,
            AttentionContext.WindowMask(_config.SlidingWindow, mask, length, ids.device));
        foreach (var layer in _layers)
        {
            hidden = layer.forward(hidden, context);
        }

        return _norm.forward(hidden).MoveToOuterDisposeScope();
    }
}
