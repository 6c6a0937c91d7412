using LuceneLsr.Torch.Configs;

namespace LuceneLsr.Torch.Tests.Reference;

/// <summary>
/// A slow reference implementation of BERT's forward pass with its masked-LM head (Devlin et al., 2019). It follows the
/// published formulas in double precision.
/// </summary>
internal sealed class ReferenceEncoder(EncoderConfig config, ReferenceWeights weights) : ReferenceModel(config, weights)
{
    private readonly PublishedNames _names = PublishedNames.Families[config.ModelType];

    protected override double[][] ComputeStates(IReadOnlyList<int> tokens, bool causal) =>
        Each(ComputeHidden(tokens, causal), Transform);

    protected override double[] ComputeHead(double[] state) =>
        Linear(state, config.TieWordEmbeddings ? TrimWeight(_names.Words) : _names.Head, bias: _names.HeadBias);

    /// <summary>Computes the hidden states [length][hidden] of the last layer.</summary>
    public double[][] ComputeHidden(IReadOnlyList<int> tokens, bool causal)
    {
        double[][] states = [.. tokens.Select((token, index) => Norm(Embed(token, index), _names.EmbeddingNorm))];
        for (var layer = 0; layer < config.NumHiddenLayers; layer++)
        {
            var attended = Sum(states, Attention(states, layer, causal));
            attended = Each(attended, x => Norm(x, Name(layer, _names.AttentionNorm)));
            states = Sum(attended, Each(attended, x => FeedForward(x, layer)));
            states = Each(states, x => Norm(x, Name(layer, _names.OutputNorm)));
        }

        return states;
    }

    // The sum of the word's, the position's and the first token type's embedding.
    private double[] Embed(int token, int index)
    {
        var sum = Sum(Row(_names.Words, token), Row(_names.Positions, index + config.PositionOffset));
        return _names.TokenTypes is { } types ? Sum(sum, Row(types, 0)) : sum;
    }

    private double[][] Attention(double[][] input, int layer, bool causal)
    {
        var mixed = Attend(
            Project(_names.Query), Project(_names.Key), Project(_names.Value),
            (position, other) => !causal || other <= position);
        return Each(mixed, x => Linear(x, Name(layer, _names.AttentionOutput)));

        double[][][] Project(string name) => Each(
            input,
            x => Linear(x, Name(layer, name)).Chunk(config.HiddenSize / config.NumAttentionHeads).ToArray());
    }

    private double[] FeedForward(double[] input, int layer) =>
        Linear(Each(Linear(input, Name(layer, _names.Up)), Gelu), Name(layer, _names.Down));

    private double[] Transform(double[] hidden) => config.HeadTransform
        ? Norm(Each(Linear(hidden, _names.TransformDense), Gelu), _names.TransformNorm)
        : hidden;

    // (x - mean) / sqrt(variance + eps) x weight + bias
    private double[] Norm(double[] input, string name)
    {
        var mean = input.Average();
        var deviation = Math.Sqrt(input.Average(x => (x - mean) * (x - mean)) + config.LayerNormEps);
        float[] weight = Weights[name + ".weight"], bias = Weights[name + ".bias"];
        return [.. input.Select((x, index) => ((x - mean) / deviation * weight[index]) + bias[index])];
    }

    private string Name(int layer, string name) => _names.InLayer(layer, name);

    private static string TrimWeight(string name) => name[..name.LastIndexOf('.')];

    // x x the normal distribution function of x
    private static double Gelu(double x) => x * (1 + Erf(x / Math.Sqrt(2))) / 2;

    // 2 / sqrt(pi) x e^(-x^2) x the sum of 2^n x^(2n + 1) / (1 x 3 x ... x (2n + 1)) (Abramowitz and Stegun, 7.1.6)
    private static double Erf(double x)
    {
        if (Math.Abs(x) > 6)
        {
            return Math.Sign(x); // within 1e-16
        }

        double term = x, sum = x;
        for (var n = 1; n < 200; n++)
        {
            term *= 2 * x * x / ((2 * n) + 1);
            sum += term;
        }

        return 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x) * sum;
    }
}
