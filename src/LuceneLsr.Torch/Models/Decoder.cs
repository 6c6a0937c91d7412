using LuceneLsr.Torch.Configs;
using LuceneLsr.Torch.Modules;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LuceneLsr.Torch.Models;

/// <summary>
/// The decoder stack of a Llama-style causal LM (Touvron et al., 2023), without its head. The <see
/// cref="DecoderConfig"/> selects what model families do differently.
/// </summary>
internal sealed class Decoder : Backbone
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
        Embeddings = weights.CreateMatrix(config.Names.Embeddings, config.VocabSize, config.HiddenSize);
        _layers = [.. Enumerable.Range(0, config.NumHiddenLayers).Select(layer =>
            new DecoderLayer(config, weights, config.Names.GetLayer(layer), layer))];
        _norm = new RmsNorm(weights, $"{config.Names.Backbone}.{Norm}", config.HiddenSize, config.RmsNormEps);
        _frequencies = [.. config.ComputeRotaryFrequencies()];
        register_module(EmbeddingsName, Embeddings);
        register_module(Layers, new ModuleList<DecoderLayer>(_layers));
        register_module(Norm, _norm);
    }

    /// <inheritdoc/>
    public override WeightMatrix Embeddings { get; }

    /// <inheritdoc/>
    public override Tensor forward(Tensor ids, Tensor? mask)
    {
        using var scope = NewDisposeScope();
        return _norm.forward(RunLayers(_layers, Embeddings.SelectRows(ids), mask)).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    protected override AttentionContext CreateContext(Tensor hidden, Tensor? mask)
    {
        var length = hidden.shape[1];
        return new(
            RotaryEmbedding.ComputeAngles(_frequencies, length, hidden),
            mask,
            AttentionContext.CreateSlidingMask(_config.SlidingWindow, mask, length, hidden.device));
    }
}
