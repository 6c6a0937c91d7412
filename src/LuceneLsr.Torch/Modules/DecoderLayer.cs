using LuceneLsr.Torch.Checkpoints;
using TorchSharp;
using static TorchSharp.torch;

namespace LuceneLsr.Torch.Modules;

/// <summary>One pre-norm transformer layer: attention, then feed-forward, each added to the residual stream.</summary>
internal sealed class DecoderLayer : nn.Module<Tensor, AttentionContext, Tensor>
{
    private readonly RmsNorm _attentionNorm;
    private readonly SelfAttention _attention;
    private readonly RmsNorm _feedForwardNorm;
    private readonly FeedForward _feedForward;

    public DecoderLayer(DecoderConfig config, WeightSource weights, string name, int number)
        : base(nameof(DecoderLayer))
    {
        const string AttentionNorm = "input_layernorm", Attention = "self_attn";
        const string FeedForwardNorm = "post_attention_layernorm", FeedForward = "mlp";
        _attentionNorm = new RmsNorm(weights, $"{name}.{AttentionNorm}", config.HiddenSize, config.RmsNormEps);
        _attention = new SelfAttention(config, weights, $"{name}.{Attention}", number);
        _feedForwardNorm = new RmsNorm(weights, $"{name}.{FeedForwardNorm}", config.HiddenSize, config.RmsNormEps);
        _feedForward = new FeedForward(config, weights, $"{name}.{FeedForward}");
        register_module(AttentionNorm, _attentionNorm);
        register_module(Attention, _attention);
        register_module(FeedForwardNorm, _feedForwardNorm);
        register_module(FeedForward, _feedForward);
    }

    public override Tensor forward(Tensor input, AttentionContext context) // [batch, length, hidden] -> the same
    {
        using var scope = NewDisposeScope();
        var attended = _attention.forward(_attentionNorm.forward(input), context).add_(input);
        return _feedForward.forward(_feedForwardNorm.forward(attended)).add_(attended).MoveToOuterDisposeScope();
    }
}
