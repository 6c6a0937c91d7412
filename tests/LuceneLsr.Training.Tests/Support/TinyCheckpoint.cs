using LuceneLsr.TestSupport;
using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Tokenization.Terms;
using LuceneLsr.Tokenization.Tokenizers;
using LuceneLsr.Torch.Checkpoints;
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

    /// <summary>Adds LoRA to two projections of each layer, with random factors as after training.</summary>
    public static void AddTrainedLora(this Checkpoint checkpoint, double dropout)
    {
        checkpoint.Model.AddLora(rank: 2, alpha: 4, dropout, ["q_proj", "down_proj"]);
        using var ungraded = no_grad();
        foreach (var (_, factors) in checkpoint.Model.LoraFactors())
        {
            factors.B.normal_(0, 0.5);
        }
    }

    /// <summary>Gets the values of all parameters by name.</summary>
    public static Dictionary<string, float[]> Values(this Checkpoint checkpoint) => checkpoint.Model.named_parameters()
        .ToDictionary(pair => pair.name, pair => pair.parameter.data<float>().ToArray(), StringComparer.Ordinal);

    /// <summary>Gets the gradients of all parameters that have one, by name.</summary>
    public static Dictionary<string, float[]> Gradients(this Checkpoint checkpoint)
    {
        using var scope = NewDisposeScope();
        return checkpoint.Model.named_parameters().Where(pair => pair.parameter.grad is not null).ToDictionary(
            pair => pair.name, pair => pair.parameter.grad!.data<float>().ToArray(), StringComparer.Ordinal);
    }

    /// <summary>Writes a checkpoint to a new directory, with the tokenizer of a folder.</summary>
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

    /// <summary>Gets the values of a parameter, row by row.</summary>
    public static float[] Values(this Checkpoint checkpoint, string parameter) =>
        checkpoint.Parameter(parameter).data<float>().ToArray();

    private static Tensor Parameter(this Checkpoint checkpoint, string name) =>
        checkpoint.Model.named_parameters().Single(parameter => parameter.name == name).parameter;
}
