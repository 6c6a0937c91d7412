using LuceneLsr.TestSupport;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Torch.Configs;
using LuceneLsr.Torch.Models;
using LuceneLsr.Torch.Tests.Reference;
using TorchSharp;
using static TorchSharp.torch;

namespace LuceneLsr.Torch.Tests.Support;

/// <summary>Models small enough for <see cref="ReferenceModel"/>.</summary>
internal static class TinyModel
{
    /// <summary>
    /// A tied head and grouped queries. The small rotary base rotates every dimension within a few positions, and the
    /// large epsilon changes every norm, so a mistake in either shows.
    /// </summary>
    public static DecoderConfig Config { get; } = new()
    {
        VocabSize = TinyTokenizer.Size,
        HiddenSize = 16,
        IntermediateSize = 24,
        NumHiddenLayers = 2,
        NumAttentionHeads = 4,
        NumKeyValueHeads = 2,
        HeadDim = 4,
        RmsNormEps = 0.05,
        RopeTheta = 100,
        MaxPositionEmbeddings = 512,
        TieWordEmbeddings = true,
        BosTokenId = TinyTokenizer.Bos,
        OutputSize = TinyTokenizer.Size,
        OutputBias = false,
    };

    /// <summary>Changes a configuration to an untied head with a bias.</summary>
    public static DecoderConfig Untied(DecoderConfig config, int outputSize) =>
        config with { TieWordEmbeddings = false, OutputSize = outputSize, OutputBias = true };

    /// <summary>Creates a model with the given weights.</summary>
    public static LanguageModel Create(ModelConfig config, ReferenceWeights weights)
    {
        using var noGrad = no_grad();
        var model = new LanguageModel(config);
        foreach (var (name, parameter) in model.named_parameters())
        {
            using var values = tensor(weights[name], [.. weights.Shape(name).Select(size => (long)size)]);
            parameter.copy_(values);
        }

        return model;
    }

    /// <summary>Creates texts of random tokens with the given lengths.</summary>
    public static int[][] CreateTexts(int seed, params int[] lengths)
    {
        var random = new Random(seed);
        return [.. lengths.Select(length =>
            Enumerable.Range(0, length).Select(_ => random.Next(TinyTokenizer.Size)).ToArray())];
    }
}
