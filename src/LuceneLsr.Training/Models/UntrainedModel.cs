using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Tokenization.Terms;
using LuceneLsr.Tokenization.Tokenizers;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Torch.Models;
using LuceneLsr.Torch.Weights;
using LuceneLsr.Training.Tokenizers;
using static TorchSharp.torch;

namespace LuceneLsr.Training.Models;

/// <summary>Creates a causal LM with random weights and tied embeddings, ready for pretraining.</summary>
public static class UntrainedModel
{
    private const double StandardDeviation = 0.02;

    /// <summary>Creates a model and writes it as an F32 checkpoint directory.</summary>
    /// <param name="texts">The texts to learn a tokenizer from.</param>
    /// <param name="tokenizer">
    /// A directory to copy the tokenizer from, or null to learn one from <paramref name="texts"/>.
    /// </param>
    /// <param name="shape">The size of the model.</param>
    /// <param name="seed">The seed of the weights.</param>
    /// <param name="directory">The new checkpoint directory.</param>
    /// <param name="report">Receives progress messages.</param>
    /// <param name="cancellationToken">Cancels the reading of texts.</param>
    /// <exception cref="ArgumentException">The shape is not valid.</exception>
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
            TextTokenizer.CopyFiles(tokenizer, directory);
        }

        manual_seed(seed);
        using var checkpoint = CreateCheckpoint(TextTokenizer.Load(directory), shape);
        Initialize(checkpoint.Model, shape.Layers);
        checkpoint.Save(directory, Precision.Float32);
    }

    private static Checkpoint CreateCheckpoint(TextTokenizer tokenizer, ModelShape shape)
    {
        var settings = new LsrSettings();
        return Checkpoint.Create(
            shape.ToConfig(tokenizer.VocabularySize), tokenizer,
            TermVocabulary.FromTokens(tokenizer, settings.TermRule), settings);
    }

    // As in GPT-2 (Radford et al., 2019, section 2.3): projections into the residual stream start small, so that they
    // do not drown the embeddings.
    private static void Initialize(LanguageModel model, int layers)
    {
        using var noGrad = no_grad();
        foreach (var (name, matrix) in model.named_parameters().Where(pair => pair.parameter.dim() == 2))
        {
            var shrinkage = model.Config.Names.IsResidualProjection(name) ? Math.Sqrt(2 * layers) : 1;
            matrix.normal_(0, StandardDeviation / shrinkage);
        }
    }
}
