using LuceneLsr.Encoding;
using LuceneLsr.Torch.Checkpoints;

namespace LuceneLsr.Torch.Tests.Reference;

/// <summary>
/// The Llama forward pass (Touvron et al., 2023) and the CSPLADE pooling (arXiv 2504.10816) in plain double arithmetic,
/// one text at a time, straight from the published formulas: the measure for the tensor code, and slow.
/// </summary>
internal sealed class ReferenceLlama(LlamaConfig config, LlamaWeights weights)
{
    /// <summary>Logits [length][output] of a sequence of tokens.</summary>
    public double[][] Logits(IReadOnlyList<int> tokens, bool causal)
    {
        var states = tokens.Select(token => Row("model.embed_tokens.weight", token)).ToArray();
        for (var layer = 0; layer < config.NumHiddenLayers; layer++)
        {
            var prefix = $"model.layers.{layer}.";
            var normed = Each(states, x => Norm(x, prefix + "input_layernorm.weight"));
            states = Sum(states, Attention(normed, prefix + "self_attn.", causal));
            normed = Each(states, x => Norm(x, prefix + "post_attention_layernorm.weight"));
            states = Sum(states, Each(normed, x => FeedForward(x, prefix + "mlp.")));
        }

        var head = config.TieWordEmbeddings ? "model.embed_tokens.weight" : "lm_head.weight";
        return Each(states, x => Biased(Linear(Norm(x, "model.norm.weight"), head)));
    }

    /// <summary>w_j = log(1 + ReLU(scale x max over the text's positions of L_ij)).</summary>
    public double[] PooledWeights(
        IReadOnlyList<int> head, IReadOnlyList<int> text, AttentionVariant variant, double scale)
    {
        var logits = Logits(Fed(head, text, variant), variant != AttentionVariant.Bidirectional)[^text.Count..];
        return [.. Enumerable.Range(0, config.OutputSize)
            .Select(term => Math.Log(1 + Math.Max(0, scale * logits.Max(position => position[term]))))];
    }

    /// <summary>The tokens that the model reads for a text: what precedes it, and the text, twice under echo.</summary>
    public static IReadOnlyList<int> Fed(IReadOnlyList<int> head, IReadOnlyList<int> text, AttentionVariant variant) =>
        variant == AttentionVariant.Echo ? [.. head, .. text, .. text] : [.. head, .. text];

    // softmax(q k / sqrt(d)) v for each query head;
    // query head h reads key and value head h / (heads / key-value heads).
    private double[][] Attention(double[][] input, string prefix, bool causal)
    {
        int heads = config.NumAttentionHeads, group = heads / config.NumKeyValueHeads;
        var queries = Each(input, x => Heads(Linear(x, prefix + "q_proj.weight"))).Select(Rotated).ToArray();
        var keys = Each(input, x => Heads(Linear(x, prefix + "k_proj.weight"))).Select(Rotated).ToArray();
        var values = Each(input, x => Heads(Linear(x, prefix + "v_proj.weight")));
        var mixed = input.Select((_, position) => Enumerable.Range(0, heads).SelectMany(head =>
        {
            var seen = causal ? position + 1 : input.Length;
            var scores = new double[seen];
            for (var other = 0; other < seen; other++)
            {
                scores[other] = Dot(queries[position][head], keys[other][head / group]) / Math.Sqrt(config.HeadDim);
            }

            return Mix(Softmax(scores), values, head / group);
        }).ToArray()).ToArray();
        return Each(mixed, x => Linear(x, prefix + "o_proj.weight"));
    }

    private double[] Mix(double[] shares, double[][][] values, int head)
    {
        var mixed = new double[config.HeadDim];
        for (var position = 0; position < shares.Length; position++)
        {
            for (var d = 0; d < mixed.Length; d++)
            {
                mixed[d] += shares[position] * values[position][head][d];
            }
        }

        return mixed;
    }

    private double[][] Rotated(double[][] heads, int position) => Each(heads, head => Rotated(head, position));

    // Dimensions i and i + d/2 turn by the angle position x theta^(-2i/d).
    private double[] Rotated(double[] head, int position)
    {
        var half = config.HeadDim / 2;
        var turned = new double[config.HeadDim];
        for (var i = 0; i < half; i++)
        {
            var angle = position * Math.Pow(config.RopeTheta, -2.0 * i / config.HeadDim);
            turned[i] = (head[i] * Math.Cos(angle)) - (head[i + half] * Math.Sin(angle));
            turned[i + half] = (head[i + half] * Math.Cos(angle)) + (head[i] * Math.Sin(angle));
        }

        return turned;
    }

    private double[] FeedForward(double[] input, string prefix)
    {
        var gate = Linear(input, prefix + "gate_proj.weight");
        var up = Linear(input, prefix + "up_proj.weight");
        return Linear([.. gate.Zip(up, (g, u) => g / (1 + Math.Exp(-g)) * u)], prefix + "down_proj.weight");
    }

    private double[] Norm(double[] input, string name)
    {
        var root = Math.Sqrt(input.Average(x => x * x) + config.RmsNormEps);
        return [.. input.Zip(weights[name], (x, weight) => x / root * weight)];
    }

    private double[] Linear(double[] input, string name)
    {
        var matrix = weights[name];
        var output = new double[weights.Shape(name)[0]];
        for (var row = 0; row < output.Length; row++)
        {
            for (var column = 0; column < input.Length; column++)
            {
                output[row] += matrix[(row * input.Length) + column] * input[column];
            }
        }

        return output;
    }

    private double[] Biased(double[] logits) =>
        config.OutputBias ? [.. logits.Zip(weights["lm_head.bias"], (logit, bias) => logit + bias)] : logits;

    private double[] Row(string name, int row) =>
        [.. weights[name].Skip(row * config.HiddenSize).Take(config.HiddenSize).Select(value => (double)value)];

    private double[][] Heads(double[] joined) => [.. joined.Chunk(config.HeadDim)];

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
