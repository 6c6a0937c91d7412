using LuceneLsr.Torch.Checkpoints;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LuceneLsr.Torch.Modules;

/// <summary>Grouped-query self-attention with rotary positions (Ainslie et al., GQA, 2023).</summary>
internal sealed class SelfAttention : nn.Module<Tensor, AttentionContext, Tensor>
{
    private readonly Linear _queries;
    private readonly Linear _keys;
    private readonly Linear _values;
    private readonly Linear _output;
    private readonly int _heads;
    private readonly int _keyValueHeads;
    private readonly int _headDim;

    public SelfAttention(LlamaConfig config)
        : base(nameof(SelfAttention))
    {
        (_heads, _keyValueHeads, _headDim) = (config.NumAttentionHeads, config.NumKeyValueHeads, config.HeadDim);
        _queries = nn.Linear(config.HiddenSize, _heads * _headDim, hasBias: false);
        _keys = nn.Linear(config.HiddenSize, _keyValueHeads * _headDim, hasBias: false);
        _values = nn.Linear(config.HiddenSize, _keyValueHeads * _headDim, hasBias: false);
        _output = nn.Linear(_heads * _headDim, config.HiddenSize, hasBias: false);
        register_module("q_proj", _queries);
        register_module("k_proj", _keys);
        register_module("v_proj", _values);
        register_module("o_proj", _output);
    }

    public override Tensor forward(Tensor input, AttentionContext context) // [batch, length, hidden] -> the same
    {
        using var scope = NewDisposeScope();
        long batch = input.shape[0], length = input.shape[1];
        var queries = RotaryEmbedding.Rotate(SplitHeads(_queries.forward(input), _heads), context.Angles);
        var keys = ShareHeads(RotaryEmbedding.Rotate(SplitHeads(_keys.forward(input), _keyValueHeads), context.Angles));
        var values = ShareHeads(SplitHeads(_values.forward(input), _keyValueHeads));
        var mixed = nn.functional.scaled_dot_product_attention(
            queries, keys, values, context.Mask, is_casual: context.Mask is null); // [batch, heads, length, headDim]
        return _output.forward(mixed.transpose(1, 2).reshape(batch, length, _heads * _headDim))
            .MoveToOuterDisposeScope();
    }

    // [batch, length, heads * headDim] -> [batch, heads, length, headDim]
    private Tensor SplitHeads(Tensor input, int heads) =>
        input.view(input.shape[0], input.shape[1], heads, _headDim).transpose(1, 2);

    private Tensor ShareHeads(Tensor input) =>
        _heads == _keyValueHeads ? input : input.repeat_interleave(_heads / _keyValueHeads, 1);
}
