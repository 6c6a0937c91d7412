using LuceneLsr.Torch.Checkpoints;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LuceneLsr.Torch.Modules;

/// <summary>The decoder stack of a Llama-architecture model (Touvron et al., 2023), without its head.</summary>
internal sealed class LlamaModel : nn.Module<Tensor, Tensor?, Tensor>
{
    private readonly Embedding _embedding;
    private readonly DecoderLayer[] _layers;
    private readonly RmsNorm _norm;
    private readonly RotaryEmbedding _rotary;

    public LlamaModel(LlamaConfig config)
        : base(nameof(LlamaModel))
    {
        _embedding = nn.Embedding(config.VocabSize, config.HiddenSize);
        _layers = [.. Enumerable.Range(0, config.NumHiddenLayers).Select(_ => new DecoderLayer(config))];
        _norm = new RmsNorm(config.HiddenSize, config.RmsNormEps);
        _rotary = new RotaryEmbedding(config.HeadDim, config.RopeTheta);
        register_module("embed_tokens", _embedding);
        register_module("layers", new ModuleList<DecoderLayer>(_layers));
        register_module("norm", _norm);
    }

    public Tensor Embeddings => _embedding.weight!; // [vocabulary, hidden]

    // [batch, length], mask as in AttentionContext -> [batch, length, hidden]
    public override Tensor forward(Tensor ids, Tensor? mask)
    {
        using var scope = NewDisposeScope();
        var hidden = _embedding.forward(ids);
        var context = new AttentionContext(_rotary.Angles(ids.shape[1], hidden), mask);
        foreach (var layer in _layers)
        {
            hidden = layer.forward(hidden, context);
        }

        return _norm.forward(hidden).MoveToOuterDisposeScope();
    }
}
