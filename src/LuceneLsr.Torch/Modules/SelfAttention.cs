using LuceneLsr.Torch.Checkpoints;
using TorchSharp;
using static TorchSharp.torch;

namespace LuceneLsr.Torch.Modules;

/// <summary>
/// Grouped-query self-attention with rotary positions (Ainslie et al., GQA, 2023), over all positions or a window of
/// them (Beltagy et al., Longformer, 2020).
/// </summary>
internal sealed class SelfAttention : nn.Module<Tensor, AttentionContext, Tensor>
{
    private readonly WeightMatrix _queries;
    private readonly WeightMatrix _keys;
    private readonly WeightMatrix _values;
    private readonly WeightMatrix _output;
    private readonly RmsNorm? _queryNorm; // of each head
    private readonly RmsNorm? _keyNorm;
    private readonly bool _isWindowed;
    private readonly int _heads;
    private readonly int _keyValueHeads;
    private readonly int _headDim;

    public SelfAttention(DecoderConfig config, WeightSource weights, string name, int layer)
        : base(nameof(SelfAttention))
    {
        (_heads, _keyValueHeads, _headDim) = (config.NumAttentionHeads, config.NumKeyValueHeads, config.HeadDim);
        _isWindowed = config.IsWindowed(layer);
        int hidden = config.HiddenSize, own = _heads * _headDim, shared = _keyValueHeads * _headDim;
        _queries = Projection("q_proj", own, hidden, config.QueryKeyValueBias);
        _keys = Projection("k_proj", shared, hidden, config.QueryKeyValueBias);
        _values = Projection("v_proj", shared, hidden, config.QueryKeyValueBias);
        _output = Projection("o_proj", hidden, own, config.AttentionOutputBias);
        if (config.QueryKeyNorm)
        {
            _queryNorm = HeadNorm("q_norm");
            _keyNorm = HeadNorm("k_norm");
        }

        WeightMatrix Projection(string child, int rows, int columns, bool hasBias)
        {
            var matrix = weights.Matrix($"{name}.{child}", rows, columns, hasBias);
            register_module(child, matrix);
            return matrix;
        }

        RmsNorm HeadNorm(string child)
        {
            var norm = new RmsNorm(weights, $"{name}.{child}", _headDim, config.RmsNormEps);
            register_module(child, norm);
            return norm;
        }
    }

    public override Tensor forward(Tensor input, AttentionContext context) // [batch, length, hidden] -> the same
    {
        using var scope = NewDisposeScope();
        long batch = input.shape[0], length = input.shape[1];
        var queries = Heads(_queries, _queryNorm, input, _heads);
        var keys = Heads(_keys, _keyNorm, input, _keyValueHeads);
        var values = ShareHeads(SplitHeads(_values.forward(input), _keyValueHeads));
        var mask = _isWindowed ? context.Window ?? context.Mask : context.Mask;
        var mixed = nn.functional.scaled_dot_product_attention(
            RotaryPositions.Rotate(queries, context.Angles),
            ShareHeads(RotaryPositions.Rotate(keys, context.Angles)),
            values, mask, is_casual: mask is null); // [batch, heads, length, headDim]
        return _output.forward(mixed.transpose(1, 2).reshape(batch, length, _heads * _headDim))
            .MoveToOuterDisposeScope();
    }

    // [batch, length, hidden] -> [batch, heads, length, headDim], normed where the model does so
    private Tensor Heads(WeightMatrix projection, RmsNorm? norm, Tensor input, int heads)
    {
        var split = SplitHeads(projection.forward(input), heads);
        return norm?.forward(split) ?? split;
    }

    // [batch, length, heads * headDim] -> [batch, heads, length, headDim]
    private Tensor SplitHeads(Tensor input, int heads) =>
        input.view(input.shape[0], input.shape[1], heads, _headDim).transpose(1, 2);

    private Tensor ShareHeads(Tensor input) =>
        _heads == _keyValueHeads ? input : input.repeat_interleave(_heads / _keyValueHeads, 1);
}
