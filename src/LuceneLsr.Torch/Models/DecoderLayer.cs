using LuceneLsr.Torch.Arithmetic;
using LuceneLsr.Torch.Configs;
using LuceneLsr.Torch.Modules;
using static TorchSharp.torch;

namespace LuceneLsr.Torch.Models;

/// <summary>A pre-norm transformer layer: attention, then feed-forward, each added to the residual stream.</summary>
internal sealed class DecoderLayer : nn.Module<Tensor, AttentionContext, Tensor>
{
    private readonly RmsNorm _attentionNorm;
    private readonly SelfAttention _attention;
    private readonly RmsNorm _feedForwardNorm;
    private readonly FeedForward _feedForward;

    public DecoderLayer(DecoderConfig config, WeightSource weights, string name, int index)
        : base(nameof(DecoderLayer))
    {
        const string AttentionNorm = "input_layernorm", Attention = "self_attn";
        const string FeedForwardNorm = "post_attention_layernorm", FeedForward = "mlp";
        _attentionNorm = new RmsNorm(weights, $"{name}.{AttentionNorm}", config.HiddenSize, config.RmsNormEps);
        _attention = new SelfAttention(CreateOptions(config, index), weights, $"{name}.{Attention}");
        _feedForwardNorm = new RmsNorm(weights, $"{name}.{FeedForwardNorm}", config.HiddenSize, config.RmsNormEps);
        _feedForward = new FeedForward(
            config.HiddenSize, config.IntermediateSize, config.FeedForwardBias, weights, $"{name}.{FeedForward}");
        register_module(AttentionNorm, _attentionNorm);
        register_module(Attention, _attention);
        register_module(FeedForwardNorm, _feedForwardNorm);
        register_module(FeedForward, _feedForward);
    }

    public override Tensor forward(Tensor input, AttentionContext context) // [batch, length, hidden] -> same shape
    {
        using var scope = NewDisposeScope();
        var attended = _attention.forward(_attentionNorm.forward(input), context).add_(input, Scalars.One);
        return _feedForward.forward(_feedForwardNorm.forward(attended)).add_(attended, Scalars.One)
            .MoveToOuterDisposeScope();
    }

    private static AttentionOptions CreateOptions(DecoderConfig config, int layer) => new()
    {
        HiddenSize = config.HiddenSize,
        Heads = config.NumAttentionHeads,
        KeyValueHeads = config.NumKeyValueHeads,
        HeadDim = config.HeadDim,
        QueryKeyValueBias = config.QueryKeyValueBias,
        OutputBias = config.AttentionOutputBias,
        QueryKeyNormEps = config.QueryKeyNorm ? config.RmsNormEps : null,
        UsesSlidingWindow = config.UsesSlidingWindow(layer),
    };
}
