using LuceneLsr.Encoding;
using LuceneLsr.Encoding.Terms;
using LuceneLsr.Encoding.Tokenization;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Training.Tokenizers;
using TorchSharp;
using static TorchSharp.torch;

namespace LuceneLsr.Training.Models;

/// <summary>Makes a causal LM with random weights, to be pretrained: embeddings and head are tied.</summary>
public static class UntrainedModel
{
    private const double EmbeddingDeviation = 0.02; // as in GPT-2: the head's logits start near zero

    /// <summary>Writes an F32 checkpoint directory.</summary>
    /// <param name="texts">What a tokenizer is learned from.</param>
    /// <param name="tokenizer">A directory whose tokenizer is taken in place of a learned one, if it is not null.</param>
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
            LearnedTokenizer.Save(directory, texts, shape.VocabularySize, report, cancellationToken);
        }
        else
        {
            var path = TextTokenizer.PathIn(tokenizer);
            File.Copy(path, Path.Combine(directory, Path.GetFileName(path)));
        }

        manual_seed(seed);
        var settings = new LsrSettings();
        var loaded = TextTokenizer.Load(directory);
        using var checkpoint = Checkpoint.Create(
            shape.Config(loaded.VocabularySize), loaded, TermVocabulary.FromTokens(loaded, settings.TermRule), settings);
        using (no_grad())
        {
            checkpoint.Model.HeadWeight.mul_(EmbeddingDeviation);
        }

        checkpoint.Save(directory, Precision.Float32);
    }
}
