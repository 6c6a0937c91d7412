using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Tokenization.Terms;
using LuceneLsr.Tokenization.Tokenizers;
using LuceneLsr.Torch;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Training.Tokenizers;
using TorchSharp;
using static TorchSharp.torch;

namespace LuceneLsr.Training.Models;

/// <summary>Makes a causal LM with random weights, to be pretrained: embeddings and head are tied.</summary>
public static class UntrainedModel
{
    private const double Deviation = 0.02;

    private static readonly string[] ResidualProjections = ["o_proj.weight", "down_proj.weight"];

    /// <summary>Writes an F32 checkpoint directory.</summary>
    /// <param name="texts">What a tokenizer is learned from.</param>
    /// <param name="tokenizer">A directory whose tokenizer is taken; null has one learned from the texts.</param>
    /// <param name="shape">The model's size.</param>
    /// <param name="seed">Seed of the weights.</param>
    /// <param name="directory">The new checkpoint directory.</param>
    /// <param name="report">Told what is being done.</param>
    /// <param name="cancellationToken">Checked often.</param>
    /// <exception cref="ArgumentException">The shape is not one of a model.</exception>
    public static void Create(
        IEnumerable<string> texts, string? tokenizer, ModelShape shape, int seed, string directory,
        Action<string> report, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(texts);
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentNullException.ThrowIfNull(report);
        shape.Validate();
        Directory.CreateDirectory(directory);
        if (tokenizer is null)
        {
            TokenizerTrainer.TrainAndSave(directory, texts, shape.VocabularySize, report, cancellationToken);
        }
        else
        {
            var path = TextTokenizer.GetPath(tokenizer);
            File.Copy(path, Path.Combine(directory, Path.GetFileName(path)));
        }

        manual_seed(seed);
        var settings = new LsrSettings();
        var loaded = TextTokenizer.Load(directory);
        using var checkpoint = Checkpoint.Create(
            shape.ToConfig(loaded.VocabularySize), loaded, TermVocabulary.FromTokens(loaded, settings.TermRule),
            settings);
        Initialize(checkpoint.Model, shape.Layers);
        checkpoint.Save(directory, Precision.Float32);
    }

    // As GPT-2 (Radford et al., 2019, section 2.3): what is added to the residual stream starts out small, so that a
    // token is not lost in it.
    private static void Initialize(CausalLanguageModel model, int layers)
    {
        using var ungraded = no_grad();
        foreach (var (name, matrix) in model.named_parameters().Where(pair => pair.parameter.dim() == 2))
        {
            var isResidual = ResidualProjections.Any(end => name.EndsWith(end, StringComparison.Ordinal));
            matrix.normal_(0, isResidual ? Deviation / Math.Sqrt(2 * layers) : Deviation);
        }
    }
}
