using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Torch.Configs;
using LuceneLsr.Torch.Models;

namespace LuceneLsr.Tools.Benchmarks.Models;

/// <summary>A model to measure. Its weights are random: they do not affect the speed.</summary>
/// <param name="Name">The approximate number of parameters.</param>
/// <param name="Config">The configuration.</param>
internal sealed record BenchmarkModel(string Name, DecoderConfig Config)
{
    public static IReadOnlyList<BenchmarkModel> All { get; } =
    [
        // for trying out the benchmark
        new("1M", CreateLlama(vocabulary: 8_000, hidden: 96, intermediate: 256, layers: 2, heads: 4, keyValueHeads: 2)),
        new("15M", CreateLlama(
            vocabulary: 32_000, hidden: 256, intermediate: 768, layers: 8, heads: 4, keyValueHeads: 4)),
        // SmolLM-135M
        new("135M", CreateLlama(
            vocabulary: 49_152, hidden: 576, intermediate: 1536, layers: 30, heads: 9, keyValueHeads: 3)),
        // Llama 3.2 1B
        new("1B", CreateLlama(
            vocabulary: 128_256, hidden: 2048, intermediate: 8192, layers: 16, heads: 32, keyValueHeads: 8)),
    ];

    private static DecoderConfig CreateLlama(
        int vocabulary, int hidden, int intermediate, int layers, int heads, int keyValueHeads) => new()
    {
        VocabSize = vocabulary,
        HiddenSize = hidden,
        IntermediateSize = intermediate,
        NumHiddenLayers = layers,
        NumAttentionHeads = heads,
        NumKeyValueHeads = keyValueHeads,
        HeadDim = hidden / heads,
        RmsNormEps = 1e-5,
        RopeTheta = 10_000,
        MaxPositionEmbeddings = 2048,
        TieWordEmbeddings = true,
        OutputSize = vocabulary,
        OutputBias = false,
    };
}
