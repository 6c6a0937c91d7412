using LuceneLsr.Torch.Configs;
using LuceneLsr.Torch.Models;
using LuceneLsr.Torch.Weights;
using static TorchSharp.torch;

namespace LuceneLsr.Training.Tests.Support;

/// <summary>A directory with a miniature BERT model without a head, as sentence encoders are published.</summary>
internal static class TinySentenceEncoder
{
    /// <summary>Gets the vocabulary: special tokens, words, and pieces that continue words.</summary>
    public static IReadOnlyList<string> Vocabulary { get; } =
    [
        "[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "[unused0]", "cat", "cats", "dog", "bird", "sing", "##s", "##ing",
        "sleep", "whale", "!",
    ];

    /// <summary>Gets the token of a word or piece.</summary>
    public static int GetToken(string token) => Vocabulary.Index().First(pair => pair.Item == token).Index;

    /// <summary>Writes the directory with random weights.</summary>
    public static void Write(string directory, int seed = 1)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        Directory.CreateDirectory(directory);
        var config = CreateConfig();
        config.Save(directory);
        File.WriteAllLines(Path.Combine(directory, "vocab.txt"), Vocabulary);
        manual_seed(seed);
        using var model = new LanguageModel(config);
        SafetensorsWriter.Write(
            Path.Combine(directory, WeightFiles.FileName),
            [.. model.named_parameters().Select(pair => (pair.name, pair.parameter.detach()))]);
    }

    private static EncoderConfig CreateConfig() => new EncoderConfig
    {
        VocabSize = Vocabulary.Count,
        HiddenSize = 12,
        IntermediateSize = 16,
        NumHiddenLayers = 2,
        NumAttentionHeads = 3,
        MaxPositionEmbeddings = 300,
        LayerNormEps = 1e-12,
        TypeVocabSize = 2,
        TieWordEmbeddings = true,
        OutputSize = Vocabulary.Count,
        OutputBias = false,
        HeadTransform = false,
    }.WithoutHead();
}
