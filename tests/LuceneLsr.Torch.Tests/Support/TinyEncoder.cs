using LuceneLsr.TestSupport;
using LuceneLsr.Torch.Configs;

namespace LuceneLsr.Torch.Tests.Support;

/// <summary>Configurations of masked LMs small enough for their reference.</summary>
internal static class TinyEncoder
{
    /// <summary>Gets the <c>model_type</c> of each family.</summary>
    public static IReadOnlyList<string> Families { get; } = ["bert", "distilbert", "roberta", "xlm-roberta"];

    /// <summary>
    /// Creates the configuration of a family, with a masked-LM head that shares the embeddings. The large epsilon
    /// changes every norm, so a mistake in it shows.
    /// </summary>
    public static EncoderConfig Create(string family) => new()
    {
        ModelType = family,
        VocabSize = TinyTokenizer.Size,
        HiddenSize = 16,
        IntermediateSize = 24,
        NumHiddenLayers = 2,
        NumAttentionHeads = 4,
        MaxPositionEmbeddings = 60,
        LayerNormEps = family == "distilbert" ? 1e-12 : 0.05,
        TypeVocabSize = family switch { "bert" => 2, "distilbert" => 0, _ => 1 },
        PositionOffset = family is "roberta" or "xlm-roberta" ? 2 : 0,
        TieWordEmbeddings = true,
        OutputSize = TinyTokenizer.Size,
        OutputBias = true,
        HeadTransform = true,
    };

    /// <summary>Changes a configuration to a head of its own.</summary>
    public static EncoderConfig Untied(EncoderConfig config, int outputSize) =>
        config with { TieWordEmbeddings = false, OutputSize = outputSize };
}
