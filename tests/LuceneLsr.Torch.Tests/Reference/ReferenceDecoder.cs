using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Torch.Configs;
using LuceneLsr.Torch.Models;
using LuceneLsr.Torch.Modules;

namespace LuceneLsr.Torch.Tests.Reference;

/// <summary>
/// A slow reference implementation of the Llama forward pass (Touvron et al., 2023), with the biases, norms, scaling
/// and sliding windows of the configuration, and of CSPLADE pooling (arXiv 2504.10816). It follows the published
/// formulas in double precision, one text at a time.
/// </summary>
internal sealed class ReferenceDecoder(DecoderConfig config, ReferenceWeights weights)
{
    /// <summary>Computes the logits [length][output] of a sequence of tokens.</summary>
    public double[][] ComputeLogits(IReadOnlyList<int> tokens, bool causal)
    {
        var states = tokens.Select(token => Row("model.embed_tokens.weight", token)).ToArray();
        for (var layer = 0; layer < config.NumHiddenLayers; layer++)
        {
            var prefix = $"model.layers.{layer}.";
            var normed = Each(states, x => Norm(x, prefix + "input_layernorm.weight"));
            states = Sum(states, Attention(normed, prefix + "self_attn.", causal, config.UsesSlidingWindow(layer)));
            normed = Each(states, x => Norm(x, prefix + "post_attention_layernorm.weight"));
            states = Sum(states, Each(normed, x => FeedForward(x, prefix + "mlp.")));
        }

        var head = config.TieWordEmbeddings ? "model.embed_tokens" : "lm_head";
        return Each(states, x => Linear(Norm(x, "model.norm.weight"), head, bias: "lm_head.bias"));
    }

    /// <summary>
    /// Computes w_j = log(1 + scale x max or sum of ReLU(L_ij)) over the positions of the text and the last
    /// <paramref name="pooledHead"/> before it.
    /// </summary>
    public double[] ComputePooledWeights(
        IReadOnlyList<int> head, IReadOnlyList<int> text, AttentionVariant variant, double scale, int pooledHead = 0,
        TermPooling pooling = TermPooling.Max)
    {
        var all = ComputeLogits(LayOut(head, text, variant), variant != AttentionVariant.Bidirectional);
        double[][] logits = [.. all[(head.Count - pooledHead)..head.Count], .. all[^text.Count..]];
        return [.. Enumerable.Range(0, config.OutputSize)
            .Select(term => logits.Select(position => Math.Max(0, position[term])))
            .Select(summands => pooling == TermPooling.Max ? summands.Max() : summands.Sum())
            .Select(pooled => Math.Log(1 + (scale * pooled)))];
    }

    /// <summary>Lays out the tokens before a text and the text, twice under echo.</summary>
    public static IReadOnlyList<int> LayOut(
        IReadOnlyList<int> head, IReadOnlyList<int> text, AttentionVariant variant) =>
        variant == AttentionVariant.Echo ? [.. head, .. text, .. text] : [.. head, .. text];

    // softmax(q k / sqrt(d)) v for each query head over the visible positions.
    // Query head h reads key and value head h / (heads / key-value heads).
    private double[][] Attention(double[][] input, string prefix, bool causal, bool windowed)
    {
        int heads = config.NumAttentionHeads, group = heads / config.NumKeyValueHeads;
        var queries = Each(input, x => Heads(Linear(x, prefix + "q_proj"), prefix + "q_norm.weight"))
            .Select(Rotate).ToArray();
        var keys = Each(input, x => Heads(Linear(x, prefix + "k_proj"), prefix + "k_norm.weight"))
            .Select(Rotate).ToArray();
        var values = Each(input, x => Heads(Linear(x, prefix + "v_proj"), norm: ""));
        var mixed = input.Select((_, position) => Enumerable.Range(0, heads).SelectMany(head =>
        {
            int[] visible = [.. Enumerable.Range(0, input.Length).Where(other =>
                (!causal || other <= position)
                && (!windowed || Math.Abs(position - other) < config.SlidingWindow))];
            var shares = Softmax([.. visible.Select(other =>
                Dot(queries[position][head], keys[other][head / group]) / Math.Sqrt(config.HeadDim))]);
            return Mix(shares, [.. visible.Select(other => values[other][head / group])]);
        }).ToArray()).ToArray();
        return Each(mixed, x => Linear(x, prefix + "o_proj"));
    }

    private double[] Mix(double[] shares, double[][] values) =>
        [.. Enumerable.Range(0, config.HeadDim)
            .Select(d => shares.Zip(values, (share, value) => share * value[d]).Sum())];

    private double[][] Rotate(double[][] heads, int position) => Each(heads, head => Rotate(head, position));

    // Rotates dimensions i and i + d/2 by position x theta^(-2i/d), scaled as configured.
    private double[] Rotate(double[] head, int position)
    {
        var half = config.HeadDim / 2;
        var turned = new double[config.HeadDim];
        for (var i = 0; i < half; i++)
        {
            var angle = position * Scale(Math.Pow(config.RopeTheta, -2.0 * i / config.HeadDim));
            turned[i] = (head[i] * Math.Cos(angle)) - (head[i + half] * Math.Sin(angle));
            turned[i + half] = (head[i + half] * Math.Cos(angle)) + (head[i] * Math.Sin(angle));
        }

        return turned;
    }

    // By wavelengths, as in Llama 3.1's reference code.
    private double Scale(double frequency)
    {
        if (config.RopeScaling is not { } scaling)
        {
            return frequency;
        }

        if (scaling.Bands is not { } bands)
        {
            return frequency / scaling.Factor;
        }

        double wavelength = 2 * Math.PI / frequency, window = bands.OriginalMaxPositionEmbeddings;
        if (wavelength < window / bands.HighFreqFactor)
        {
            return frequency;
        }

        if (wavelength > window / bands.LowFreqFactor)
        {
            return frequency / scaling.Factor;
        }

        var smooth = ((window / wavelength) - bands.LowFreqFactor) / (bands.HighFreqFactor - bands.LowFreqFactor);
        return ((1 - smooth) * frequency / scaling.Factor) + (smooth * frequency);
    }

    private double[] FeedForward(double[] input, string prefix)
    {
        var gate = Linear(input, prefix + "gate_proj");
        var up = Linear(input, prefix + "up_proj");
        return Linear([.. gate.Zip(up, (g, u) => g / (1 + Math.Exp(-g)) * u)], prefix + "down_proj");
    }

    private double[] Norm(double[] input, string name)
    {
        var root = Math.Sqrt(input.Average(x => x * x) + config.RmsNormEps);
        return [.. input.Zip(weights[name], (x, weight) => x / root * weight)];
    }

    private double[] Linear(double[] input, string name, string? bias = null)
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

    private double[] Row(string name, int row) =>
        [.. weights[name].Skip(row * config.HiddenSize).Take(config.HiddenSize).Select(value => (double)value)];

    private double[][] Heads(double[] joined, string norm) =>
        [.. joined.Chunk(config.HeadDim).Select(head => weights.Contains(norm) ? Norm(head, norm) : head)];

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

    private static TOut[] Each<TIn, TOut>(TIn[] rows, Func<TIn, TOut> change) => [.. rows.Select(change)];

    private static double[][] Sum(double[][] left, double[][] right) =>
        [.. left.Zip(right, (x, y) => x.Zip(y, (a, b) => a + b).ToArray())];
}
