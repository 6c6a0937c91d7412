using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Tokenization.Terms;
using LuceneLsr.Tokenization.Tokenizers;
using LuceneLsr.Tokenization.Tokenizers.Pipeline;
using LuceneLsr.Torch;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Training.Lexical;
using LuceneLsr.Training.Tokenizers;
using static TorchSharp.torch;

namespace LuceneLsr.Training.Models;

/// <summary>
/// Makes a small LM from texts and word vectors: learns the tokenizer, derives the term classes (one row of the head a
/// Porter stem), counts passages, and sets the weights to the <see cref="LexicalInitializer"/>.
/// </summary>
public static class LexicalModel
{
    private const float AverageTokens = 180; // about those of a passage, PassageStatistics' 150 words

    /// <summary>Writes an F32 checkpoint directory.</summary>
    /// <param name="texts">Opens the stream of texts anew; it is read twice.</param>
    /// <param name="words">The word vectors.</param>
    /// <param name="options">What the model looks like.</param>
    /// <param name="directory">The new checkpoint directory.</param>
    /// <param name="report">Told what is being done.</param>
    /// <param name="cancellationToken">Checked often.</param>
    /// <exception cref="ArgumentException">The options describe no model.</exception>
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

        var settings = new LsrSettings
        {
            Variant = PerSide.Both(options.Variant),
            Pooling = PerSide.Both(options.Pooling),
            DocumentLengthNormalization =
                options.LengthNormalization > 0 ? new(options.LengthNormalization, AverageTokens) : null,
            TermRule = new TermRule(Stemming.Porter),
        };
        var tokenizer = TextTokenizer.Load(directory);
        var terms = new TermVocabulary(TermVocabulary.FromTokens(tokenizer, settings.TermRule).GetDistinctTerms());
        var rowOfToken = TokenRows.FromTerms(tokenizer, terms, settings.TermRule);
        report($"Counting passages for {terms.Count:N0} terms");
        var statistics = PassageStatistics.Count(texts(), tokenizer, rowOfToken, terms.Count, cancellationToken);

        report("Writing the lexical start");
        using var checkpoint = Checkpoint.Create(
            options.Shape.ToConfig(tokenizer.VocabularySize) with
            {
                TieWordEmbeddings = false,
                OutputSize = terms.Count,
                OutputBias = true,
            },
            tokenizer, terms, settings);
        var meanings = LexicalInitializer.ComputeMeanings(
            tokenizer, words, word => counts.GetValueOrDefault(ByteLevelAlphabet.Encode(word)));
        LexicalInitializer.Initialize(checkpoint.Model, meanings, rowOfToken, statistics);
        checkpoint.Save(directory, Precision.Float32);
    }
}
