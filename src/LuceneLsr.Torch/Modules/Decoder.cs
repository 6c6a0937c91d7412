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
    private readonly WeightMatrix _embeddings;
    private readonly DecoderLayer[] _layers;
    private readonly RmsNorm _norm;
    private readonly DecoderConfig _config;
    private readonly double[] _frequencies;

    public Decoder(DecoderConfig config, WeightSource weights)
        : base(nameof(Decoder))
    {
        const string Embeddings = "embed_tokens", Layers = "layers", Norm = "norm";
        _config = config;
        _embeddings = weights.Matrix(DecoderNames.Embeddings, config.VocabSize, config.HiddenSize);
        _layers = [.. Enumerable.Range(0, config.NumHiddenLayers).Select(layer =>
            new DecoderLayer(config, weights, $"{DecoderNames.Decoder}.{Layers}.{layer}", layer))];
        _norm = RmsNorm.Of(weights, $"{DecoderNames.Decoder}.{Norm}", config.HiddenSize, config.RmsNormEps);
        _frequencies = RotaryPositions.Frequencies(config);
        register_module(Embeddings, _embeddings);
        register_module(Layers, new ModuleList<DecoderLayer>(_layers));
        register_module(Norm, _norm);
    }

    /// <summary>The embeddings, [vocabulary, hidden].</summary>
    public WeightMatrix EmbeddingMatrix => _embeddings;

    // [batch, length], true for real tokens [batch, 1, 1, length] or null for the causal mask -> [batch, length, hidden]
    public override Tensor forward(Tensor ids, Tensor? isReal)
    {
        using var scope = NewDisposeScope();
        var hidden = _embeddings.Select(ids);
        var context = new AttentionContext(
            RotaryPositions.Angles(_frequencies, ids.shape[1], hidden), isReal, AttentionContext.WindowMask(_config, isReal, ids));
        foreach (var layer in _layers)
        {
            hidden = layer.forward(hidden, context);
        }

        return _norm.forward(hidden).MoveToOuterDisposeScope();
    }
}
