using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Torch.Models;

namespace LuceneLsr.Tools.Benchmarks.Encoders;

/// <summary>A model to measure: its weights are random, as they do not change how long it takes.</summary>
/// <param name="Name">Its number of parameters, roughly.</param>
/// <param name="Config">Its configuration.</param>
internal sealed record ModelShape(string Name, DecoderConfig Config)
{
    public static IReadOnlyList<ModelShape> All { get; } =
    [
        new("1M", Llama(vocabulary: 8_000, hidden: 96, inner: 256, layers: 2, heads: 4, sharedHeads: 2)), // to try it out
        new("15M", Llama(vocabulary: 32_000, hidden: 256, inner: 768, layers: 8, heads: 4, sharedHeads: 4)),
        // as SmolLM-135M
        new("135M", Llama(vocabulary: 49_152, hidden: 576, inner: 1536, layers: 30, heads: 9, sharedHeads: 3)),
        // as Llama 3.2 1B
        new("1B", Llama(vocabulary: 128_256, hidden: 2048, inner: 8192, layers: 16, heads: 32, sharedHeads: 8)),
    ];

    private static DecoderConfig Llama(
        int vocabulary, int hidden, int inner, int layers, int heads, int sharedHeads) => new()
    {
        VocabSize = vocabulary,
        HiddenSize = hidden,
        IntermediateSize = inner,
        NumHiddenLayers = layers,
        NumAttentionHeads = heads,
        NumKeyValueHeads = sharedHeads,
        HeadDim = hidden / heads,
        RmsNormEps = 1e-5,
        RopeTheta = 10_000,
        MaxPositionEmbeddings = 2048,
        TieWordEmbeddings = true,
        OutputSize = vocabulary,
        OutputBias = false,
    };
}
