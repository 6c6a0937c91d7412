using LuceneLsr.TestSupport;
using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Tokenization.Terms;
using LuceneLsr.Tokenization.Tokenizers;
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

    /// <summary>Puts factors beside two of a layer's projections, random as if they were trained.</summary>
    public static void AddTrainedLora(this Checkpoint checkpoint, double dropout)
    {
        checkpoint.Model.AddLora(rank: 2, alpha: 4, dropout, ["q_proj", "down_proj"]);
        using var ungraded = no_grad();
        foreach (var (_, factors) in checkpoint.Model.LoraFactors())
        {
            factors.B.normal_(0, 0.5);
        }
    }

    /// <summary>All parameters' values by their names.</summary>
    public static Dictionary<string, float[]> Values(this Checkpoint checkpoint) => checkpoint.Model.named_parameters()
        .ToDictionary(pair => pair.name, pair => pair.parameter.data<float>().ToArray(), StringComparer.Ordinal);

    /// <summary>The gradients of those parameters that have one, by their names.</summary>
    public static Dictionary<string, float[]> Gradients(this Checkpoint checkpoint)
    {
        using var scope = NewDisposeScope();
        return checkpoint.Model.named_parameters().Where(pair => pair.parameter.grad is not null).ToDictionary(
            pair => pair.name, pair => pair.parameter.grad!.data<float>().ToArray(), StringComparer.Ordinal);
    }

    /// <summary>Writes a checkpoint with its tokenizer, which a directory has, into another one.</summary>
    public static string Write(this Checkpoint checkpoint, TemporaryFolder tokenizer, string name)
    {
        var directory = tokenizer.File(name);
        checkpoint.SaveWithFilesOf(tokenizer.Path, directory, Precision.Float32);
        return directory;
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
