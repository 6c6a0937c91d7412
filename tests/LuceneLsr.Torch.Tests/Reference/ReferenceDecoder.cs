using LuceneLsr.Torch.Configs;

namespace LuceneLsr.Torch.Tests.Reference;

/// <summary>
/// A slow reference implementation of the Llama forward pass (Touvron et al., 2023), with the biases, norms, scaling
/// and sliding windows of the configuration. It follows the published formulas in double precision.
/// </summary>
internal sealed class ReferenceDecoder(DecoderConfig config, ReferenceWeights weights)
    : ReferenceModel(config, weights)
{
    protected override double[][] ComputeStates(IReadOnlyList<int> tokens, bool causal)
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

        return Each(states, x => Norm(x, "model.norm.weight"));
    }

    protected override double[] ComputeHead(double[] state) =>
        Linear(state, config.TieWordEmbeddings ? "model.embed_tokens" : "lm_head", bias: "lm_head.bias");

    private double[][] Attention(double[][] input, string prefix, bool causal, bool windowed)
    {
        var queries = Each(input, x => Heads(Linear(x, prefix + "q_proj"), prefix + "q_norm.weight"))
            .Select(Rotate).ToArray();
        var keys = Each(input, x => Heads(Linear(x, prefix + "k_proj"), prefix + "k_norm.weight"))
            .Select(Rotate).ToArray();
        var values = Each(input, x => Heads(Linear(x, prefix + "v_proj"), norm: ""));
        var mixed = Attend(queries, keys, values, (position, other) =>
            (!causal || other <= position) && (!windowed || Math.Abs(position - other) < config.SlidingWindow));
        return Each(mixed, x => Linear(x, prefix + "o_proj"));
    }

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
        return [.. input.Zip(Weights[name], (x, weight) => x / root * weight)];
    }

    private double[][] Heads(double[] joined, string norm) =>
        [.. joined.Chunk(config.HeadDim).Select(head => Weights.Contains(norm) ? Norm(head, norm) : head)];
}
