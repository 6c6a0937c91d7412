using LuceneLsr.Encoding;
using LuceneLsr.Encoding.Terms;
using LuceneLsr.Encoding.Tokenization;
using LuceneLsr.Torch.Checkpoints;
using static TorchSharp.torch;

namespace LuceneLsr.Training.Tests.Support;

/// <summary>Models of one small layer in memory, with random weights.</summary>
internal static class TinyCheckpoint
{
    public const int Hidden = 32;

    /// <summary>A head with a row a term, its bias zero; without terms a language model with a row a token.</summary>
    public static Checkpoint Create(
        TextTokenizer tokenizer, TermVocabulary? terms = null, LsrSettings? settings = null, int layers = 1)
    {
        settings ??= new LsrSettings();
        terms ??= TermVocabulary.FromTokens(tokenizer, settings.TermRule);
        manual_seed(1);
        return Checkpoint.Create(
            new DecoderConfig
            {
                VocabSize = tokenizer.VocabularySize,
                HiddenSize = Hidden,
                IntermediateSize = 32,
                NumHiddenLayers = layers,
                NumAttentionHeads = 2,
                NumKeyValueHeads = 2,
                HeadDim = Hidden / 2,
                RmsNormEps = 1e-6,
                RopeTheta = 10_000,
                MaxPositionEmbeddings = 512,
                TieWordEmbeddings = false,
                OutputSize = terms.Count,
                OutputBias = true,
            },
            tokenizer, terms, settings);
    }

    /// <summary>Sets every element of a parameter.</summary>
    public static void Fill(this Checkpoint checkpoint, string parameter, double value)
    {
        using var ungraded = no_grad();
        checkpoint.Parameter(parameter).fill_(value);
    }

    /// <summary>A parameter's values, row by row.</summary>
    public static float[] Values(this Checkpoint checkpoint, string parameter) =>
        checkpoint.Parameter(parameter).data<float>().ToArray();

    private static Tensor Parameter(this Checkpoint checkpoint, string name) =>
        checkpoint.Model.named_parameters().Single(parameter => parameter.name == name).parameter;
}
