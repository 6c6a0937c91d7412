using static TorchSharp.torch;

namespace LuceneLsr.Torch.Modules;

/// <summary>
/// Grouped-query self-attention (Ainslie et al., GQA, 2023), with rotary position embedding or without, over all
/// positions or a sliding window (Beltagy et al., Longformer, 2020).
/// </summary>
internal sealed class SelfAttention : nn.Module<Tensor, AttentionContext, Tensor>
{
    private readonly AttentionOptions _options;
    private readonly WeightMatrix _queries;
    private readonly WeightMatrix _keys;
    private readonly WeightMatrix _values;
    private readonly WeightMatrix _output;
    private readonly RmsNorm? _queryNorm; // over one head
    private readonly RmsNorm? _keyNorm;

    public SelfAttention(AttentionOptions options, WeightSource weights, string name)
        : base(nameof(SelfAttention))
    {
        _options = options;
        int hidden = options.HiddenSize, queries = options.Heads * options.HeadDim;
        var keysValues = options.KeyValueHeads * options.HeadDim;
        _queries = CreateProjection(options.Names.Query, queries, hidden, options.QueryKeyValueBias);
        _keys = CreateProjection(options.Names.Key, keysValues, hidden, options.QueryKeyValueBias);
        _values = CreateProjection(options.Names.Value, keysValues, hidden, options.QueryKeyValueBias);
        _output = CreateProjection(options.Names.Output, hidden, queries, options.OutputBias);
        if (options.QueryKeyNormEps is { } eps)
        {
            _queryNorm = CreateHeadNorm("q_norm", eps);
            _keyNorm = CreateHeadNorm("k_norm", eps);
        }

        WeightMatrix CreateProjection(string child, int rows, int columns, bool hasBias)
        {
            var matrix = weights.CreateMatrix($"{name}.{child}", rows, columns, hasBias);
            this.RegisterAt(child, matrix);
            return matrix;
        }

        RmsNorm CreateHeadNorm(string child, double epsilon)
        {
            var norm = new RmsNorm(weights, $"{name}.{child}", options.HeadDim, epsilon);
            register_module(child, norm);
            return norm;
        }
    }

    public override Tensor forward(Tensor input, AttentionContext context) // [batch, length, hidden] -> same shape
    {
        using var scope = NewDisposeScope();
        long batch = input.shape[0], length = input.shape[1];
        var queries = ProjectHeads(_queries, _queryNorm, input, _options.Heads);
        var keys = ProjectHeads(_keys, _keyNorm, input, _options.KeyValueHeads);
        var values = RepeatForGroups(SplitHeads(_values.forward(input), _options.KeyValueHeads));
        var mask = _options.UsesSlidingWindow ? context.SlidingMask ?? context.Mask : context.Mask;
        var mixed = nn.functional.scaled_dot_product_attention(
            Rotate(queries, context), RepeatForGroups(Rotate(keys, context)),
            values, mask, is_casual: mask is null); // [batch, heads, length, headDim]
        return _output.forward(mixed.transpose(1, 2).reshape(batch, length, _options.Heads * _options.HeadDim))
            .MoveToOuterDisposeScope();
    }

    // [batch, length, hidden] -> [batch, heads, length, headDim]
    private Tensor ProjectHeads(WeightMatrix projection, RmsNorm? norm, Tensor input, int heads)
    {
        var split = SplitHeads(projection.forward(input), heads);
        return norm?.forward(split) ?? split;
    }

    private static Tensor Rotate(Tensor input, AttentionContext context) =>
        context.Angles is { } angles ? RotaryEmbedding.Rotate(input, angles) : input;

    // [batch, length, heads * headDim] -> [batch, heads, length, headDim]
    private Tensor SplitHeads(Tensor input, int heads) =>
        input.view(input.shape[0], input.shape[1], heads, _options.HeadDim).transpose(1, 2);

    // [batch, keyValueHeads, length, headDim] -> [batch, heads, length, headDim]
    private Tensor RepeatForGroups(Tensor input) => _options.Heads == _options.KeyValueHeads
        ? input
        : input.repeat_interleave(_options.Heads / _options.KeyValueHeads, 1);
}
