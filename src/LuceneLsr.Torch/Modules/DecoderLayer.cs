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

    public DecoderLayer(LlamaConfig config)
        : base(nameof(DecoderLayer))
    {
        _attentionNorm = new RmsNorm(config.HiddenSize, config.RmsNormEps);
        _attention = new SelfAttention(config);
        _feedForwardNorm = new RmsNorm(config.HiddenSize, config.RmsNormEps);
        _feedForward = new FeedForward(config);
        register_module("input_layernorm", _attentionNorm);
        register_module("self_attn", _attention);
        register_module("post_attention_layernorm", _feedForwardNorm);
        register_module("mlp", _feedForward);
    }

    public override Tensor forward(Tensor input, AttentionContext context) // [batch, length, hidden] -> the same
    {
        using var scope = NewDisposeScope();
        var attended = input + _attention.forward(_attentionNorm.forward(input), context);
        return (attended + _feedForward.forward(_feedForwardNorm.forward(attended))).MoveToOuterDisposeScope();
    }
}
