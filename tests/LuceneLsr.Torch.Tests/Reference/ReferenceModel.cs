using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Torch.Configs;

namespace LuceneLsr.Torch.Tests.Reference;

/// <summary>
/// A slow reference implementation of a language model, one text at a time in double precision, and of CSPLADE pooling
/// (arXiv 2504.10816).
/// </summary>
internal abstract class ReferenceModel(ModelConfig config, ReferenceWeights weights)
{
    protected ReferenceWeights Weights => weights;

    /// <summary>Creates the reference of a model's architecture.</summary>
    public static ReferenceModel Create(ModelConfig config, ReferenceWeights weights) => config switch
    {
        DecoderConfig decoder => new ReferenceDecoder(decoder, weights),
        EncoderConfig encoder => new ReferenceEncoder(encoder, weights),
        _ => throw new ArgumentException($"There is no reference for {config.ModelType}.", nameof(config)),
    };

    /// <summary>Computes the logits [length][output] of a sequence of tokens.</summary>
    public double[][] ComputeLogits(IReadOnlyList<int> tokens, bool causal) =>
        Each(ComputeStates(tokens, causal), ComputeHead);

    /// <summary>Computes the states [length][hidden] that the head multiplies.</summary>
    protected abstract double[][] ComputeStates(IReadOnlyList<int> tokens, bool causal);

    /// <summary>Computes the logits [output] of a state.</summary>
    protected abstract double[] ComputeHead(double[] state);

    /// <summary>
    /// Computes f(scale x max or sum of ReLU(L_ij)), or the sum of f(scale x ReLU(L_ij)), over the positions of the
    /// text and the last <paramref name="pooledHead"/> before it, or the same of the unit vector of their mean state.
    /// </summary>
    public double[] ComputePooledWeights(
        IReadOnlyList<int> head, IReadOnlyList<int> text, AttentionVariant variant, double scale, int pooledHead = 0,
        TermPooling pooling = TermPooling.Max, Saturation saturation = Saturation.Log)
    {
        var all = ComputeStates(LayOut(head, text, variant), variant != AttentionVariant.Bidirectional);
        double[][] states = [.. all[(head.Count - pooledHead)..head.Count], .. all[^text.Count..]];
        var logits = Each(pooling == TermPooling.Mean ? [ComputeUnitMean(states)] : states, ComputeHead);
        return [.. Enumerable.Range(0, config.OutputSize)
            .Select(term => logits.Select(position => Math.Max(0, position[term])))
            .Select(values => pooling switch
            {
                TermPooling.Max or TermPooling.Mean => Saturate(values.Max()),
                TermPooling.Sum => Saturate(values.Sum()),
                _ => values.Sum(Saturate),
            })];

        double Saturate(double value) => saturation == Saturation.Log
            ? Math.Log(1 + (scale * value))
            : Math.Log(1 + Math.Log(1 + (scale * value)));
    }

    /// <summary>Lays out the tokens before a text and the text, twice under echo.</summary>
    public static IReadOnlyList<int> LayOut(
        IReadOnlyList<int> head, IReadOnlyList<int> text, AttentionVariant variant) =>
        variant == AttentionVariant.Echo ? [.. head, .. text, .. text] : [.. head, .. text];

    /// <summary>
    /// Computes softmax(q k / sqrt(d)) v for each query head over the visible positions. Query head h reads key and
    /// value head h / (heads / key-value heads).
    /// </summary>
    /// <param name="queries">[length][heads][d].</param>
    /// <param name="keys">[length][key-value heads][d].</param>
    /// <param name="values">[length][key-value heads][d].</param>
    /// <param name="isVisible">Whether a position sees another.</param>
    /// <returns>[length][heads x d].</returns>
    protected static double[][] Attend(
        double[][][] queries, double[][][] keys, double[][][] values, Func<int, int, bool> isVisible)
    {
        var group = queries[0].Length / keys[0].Length;
        return [.. queries.Select((heads, position) =>
        {
            int[] visible = [.. Enumerable.Range(0, queries.Length).Where(other => isVisible(position, other))];
            return heads.SelectMany((query, head) =>
            {
                var shares = Softmax([.. visible.Select(other =>
                    Dot(query, keys[other][head / group]) / Math.Sqrt(query.Length))]);
                return Mix(shares, [.. visible.Select(other => values[other][head / group])]);
            }).ToArray();
        })];
    }

    protected double[] Linear(double[] input, string name, string? bias = null)
    {
        bias ??= name + ".bias";
        var matrix = weights[name + ".weight"];
        var output = new double[weights.Shape(name + ".weight")[0]];
        for (var row = 0; row < output.Length; row++)
        {
            output[row] = weights.Contains(bias) ? weights[bias][row] : 0;
            for (var column = 0; column < input.Length; column++)
            {
                output[row] += matrix[(row * input.Length) + column] * input[column];
            }
        }

        return output;
    }

    protected double[] Row(string name, int row) =>
        [.. weights[name].Skip(row * config.HiddenSize).Take(config.HiddenSize).Select(value => (double)value)];

    protected static TOut[] Each<TIn, TOut>(TIn[] rows, Func<TIn, TOut> change) => [.. rows.Select(change)];

    protected static double[][] Sum(double[][] left, double[][] right) => [.. left.Zip(right, Sum)];

    protected static double[] Sum(double[] left, double[] right) => [.. left.Zip(right, (a, b) => a + b)];

    private static double[] ComputeUnitMean(double[][] states)
    {
        double[] mean = [.. Enumerable.Range(0, states[0].Length).Select(d => states.Average(state => state[d]))];
        var length = Math.Sqrt(mean.Sum(value => value * value));
        return [.. mean.Select(value => value / length)];
    }

    private static double[] Mix(double[] shares, double[][] values) =>
        [.. Enumerable.Range(0, values[0].Length)
            .Select(d => shares.Zip(values, (share, value) => share * value[d]).Sum())];

    private static double[] Softmax(double[] scores)
    {
        var total = scores.Sum(Math.Exp);
        return [.. scores.Select(score => Math.Exp(score) / total)];
    }

    private static double Dot(double[] left, double[] right)
    {
        var sum = 0.0;
        for (var index = 0; index < left.Length; index++)
        {
            sum += left[index] * right[index];
        }

        return sum;
    }
}
