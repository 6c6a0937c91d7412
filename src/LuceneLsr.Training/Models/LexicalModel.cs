using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Tokenization.Terms;
using LuceneLsr.Tokenization.Tokenizers;
using LuceneLsr.Tokenization.Tokenizers.Pipeline;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Torch.Configs;
using LuceneLsr.Torch.Weights;
using LuceneLsr.Training.Lexical;
using LuceneLsr.Training.Tokenizers;
using static TorchSharp.torch;

namespace LuceneLsr.Training.Models;

/// <summary>
/// Creates a small LM from texts and word vectors. Learns a tokenizer, groups its tokens into stem classes (one head
/// row per Porter stem), counts passages, and sets the weights so that the model retrieves before any training.
/// </summary>
public static class LexicalModel
{
    private const float AverageDocumentTokens = 180; // typical for a passage of 150 words

    /// <summary>Creates a model and writes it as an F32 checkpoint directory.</summary>
    /// <param name="texts">Opens the stream of texts. It is called twice.</param>
    /// <param name="words">The word vectors.</param>
    /// <param name="options">The size and the settings of the model.</param>
    /// <param name="directory">The new checkpoint directory.</param>
    /// <param name="report">Receives progress messages.</param>
    /// <param name="cancellationToken">Cancels the reading of texts.</param>
    /// <exception cref="ArgumentException">The options are not valid.</exception>
    public static void Create(
        Func<IEnumerable<string>> texts, WordVectors words, LexicalModelOptions options, string directory,
        Action<string> report, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(texts);
        ArgumentNullException.ThrowIfNull(words);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(report);
        options.Validate((int)words.Vectors.shape[1]);
        manual_seed(options.Seed);
        Directory.CreateDirectory(directory);
        var counts = TokenizerTrainer.TrainAndSave(
            directory, texts(), options.Shape.VocabularySize, report, cancellationToken);

        var settings = CreateSettings(options);
        var tokenizer = TextTokenizer.Load(directory);
        var terms = new TermVocabulary(TermVocabulary.FromTokens(tokenizer, settings.TermRule).GetDistinctTerms());
        var rowOfToken = TokenRows.FromTerms(tokenizer, terms, settings.TermRule);
        report($"Counting passages for {terms.Count:N0} terms");
        var statistics = PassageStatistics.Count(texts(), tokenizer, rowOfToken, terms.Count, cancellationToken);

        report("Initializing weights");
        using var checkpoint = Checkpoint.Create(
            CreateConfig(options.Shape, tokenizer, terms), tokenizer, terms, settings);
        var meanings = TokenMeanings.Compute(
            tokenizer, words, word => counts.GetValueOrDefault(ByteLevelAlphabet.Encode(word)));
        LexicalInitializer.Initialize(checkpoint.Model, meanings, rowOfToken, statistics);
        checkpoint.Save(directory, Precision.Float32);
    }

    private static LsrSettings CreateSettings(LexicalModelOptions options) => new()
    {
        Variant = PerSide.Both(options.Variant),
        Pooling = PerSide.Both(options.Pooling),
        DocumentLengthNormalization =
            options.LengthNormalization > 0 ? new(options.LengthNormalization, AverageDocumentTokens) : null,
        TermRule = new TermRule(Stemming.Porter),
    };

    private static DecoderConfig CreateConfig(ModelShape shape, TextTokenizer tokenizer, TermVocabulary terms) =>
        shape.ToConfig(tokenizer.VocabularySize) with
        {
            TieWordEmbeddings = false,
            OutputSize = terms.Count,
            OutputBias = true,
        };
}
