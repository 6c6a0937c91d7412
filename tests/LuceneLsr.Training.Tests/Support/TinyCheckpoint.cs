using LuceneLsr.TestSupport;
using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Tokenization.Terms;
using LuceneLsr.Tokenization.Tokenizers;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Torch.Configs;
using LuceneLsr.Torch.Models;
using LuceneLsr.Torch.Weights;
using static TorchSharp.torch;

namespace LuceneLsr.Training.Tests.Support;

/// <summary>Creates small checkpoints in memory with random weights.</summary>
internal static class TinyCheckpoint
{
    public const int Hidden = 32;

    /// <summary>Creates a checkpoint whose head has a row per term; by default, a row per token.</summary>
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

    /// <summary>Writes a checkpoint to a new directory, with the tokenizer of a folder.</summary>
    public static string Write(this Checkpoint checkpoint, TemporaryFolder tokenizer, string name)
    {
        var directory = tokenizer.File(name);
        checkpoint.Save(directory, Precision.Float32);
        TextTokenizer.CopyFiles(tokenizer.Path, directory);
        return directory;
    }
}
