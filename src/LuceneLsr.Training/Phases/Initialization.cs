using LuceneLsr.Encoding;
using LuceneLsr.Encoding.Terms;
using LuceneLsr.Encoding.Tokenization;
using LuceneLsr.Torch;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Training.Data;
using LuceneLsr.Training.LexicalStart;
using LuceneLsr.Training.Tokenizers;
using static TorchSharp.torch;

namespace LuceneLsr.Training.Phases;

/// <summary>What a new model looks like.</summary>
public sealed record InitializationOptions
{
    /// <summary>Tokens of the vocabulary.</summary>
    public int VocabularySize { get; init; } = 32_000;

    /// <summary>Width of the model; more than the word vectors have.</summary>
    public int HiddenSize { get; init; } = 192;

    /// <summary>Width of the feed-forward layers.</summary>
    public int IntermediateSize { get; init; } = 512;

    /// <summary>Decoder layers.</summary>
    public int Layers { get; init; } = 3;

    /// <summary>Attention heads.</summary>
    public int Heads { get; init; } = 6;

    /// <summary>How far a position sees.</summary>
    public AttentionVariant Variant { get; init; } = AttentionVariant.Causal;

    /// <summary>Seed of the random directions.</summary>
    public int Seed { get; init; } = 1;

    internal void Validate(int vectorDimension)
    {
        Require(VocabularySize >= ByteLevelAlphabet.Characters.Count, "the vocabulary holds at least the 256 bytes");
        Require(HiddenSize > vectorDimension, $"the hidden size must exceed the word vectors' dimension, {vectorDimension}");
        Require(IntermediateSize > 0 && Layers > 0 && Heads > 0, "intermediate size, layers and heads must be above zero");
        Require(HiddenSize % (2 * Heads) == 0, "the hidden size must be an even multiple of the heads: rotary positions turn pairs");

        void Require(bool holds, string rule)
        {
            if (!holds)
            {
                throw new ArgumentException($"No such model: {rule}.");
            }
        }
    }
}

/// <summary>
/// Makes a small LM from texts and word vectors: learns the tokenizer, derives the term classes (one row of the head a
/// Porter stem), counts passages, and sets the weights to the <see cref="LexicalStart.LexicalStart"/>.
/// </summary>
public static class Initialization
{
    /// <summary>Runs the phase and writes an F32 checkpoint directory.</summary>
    /// <param name="texts">Opens the stream of texts anew; it is read twice.</param>
    /// <param name="words">The word vectors.</param>
    /// <param name="options">What the model looks like.</param>
    /// <param name="directory">The new checkpoint directory.</param>
    /// <param name="report">Told what is being done.</param>
    /// <param name="cancellationToken">Checked often.</param>
    /// <exception cref="ArgumentException">The options describe no model.</exception>
    public static void Run(
        Func<IEnumerable<string>> texts, WordVectors words, InitializationOptions options, string directory,
        Action<string> report, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(texts);
        ArgumentNullException.ThrowIfNull(words);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(report);
        options.Validate((int)words.Vectors.shape[1]);
        manual_seed(options.Seed);
        report("Counting words");
        var counts = WordCounter.Count(texts(), cancellationToken);
        report($"Learning {options.VocabularySize:N0} tokens from {counts.Count:N0} distinct words");
        Directory.CreateDirectory(directory);
        var (tokens, merges) = BpeTrainer.Train(counts.Where(pair => pair.Value > 1), options.VocabularySize);
        TokenizerFile.Save(directory, tokens, merges);

        var settings = new LsrSettings { Variant = options.Variant, TermRule = new TermRule(Stemming.Porter) };
        var tokenizer = TextTokenizer.Load(directory);
        var terms = new TermVocabulary(TermVocabulary.FromTokens(tokenizer, settings.TermRule).Distinct());
        var rowOfToken = TokenRows.OfTerms(tokenizer, terms, settings.TermRule);
        report($"Counting passages for {terms.Count:N0} terms");
        var statistics = PassageStatistics.Count(texts(), tokenizer, rowOfToken, terms.Count, cancellationToken);

        report("Writing the lexical start");
        using var checkpoint = Checkpoint.Create(ConfigOf(options, tokenizer, terms), tokenizer, terms, settings);
        var meanings = LexicalStart.LexicalStart.Meanings(
            tokenizer, words, word => counts.GetValueOrDefault(ByteLevelAlphabet.Encode(word)));
        LexicalStart.LexicalStart.Apply(checkpoint.Model, meanings, rowOfToken, statistics);
        checkpoint.Save(directory, compact: false);
    }

    private static LlamaConfig ConfigOf(InitializationOptions options, TextTokenizer tokenizer, TermVocabulary terms) => new()
    {
        VocabSize = tokenizer.VocabularySize,
        HiddenSize = options.HiddenSize,
        IntermediateSize = options.IntermediateSize,
        NumHiddenLayers = options.Layers,
        NumAttentionHeads = options.Heads,
        NumKeyValueHeads = options.Heads,
        HeadDim = options.HiddenSize / options.Heads,
        RmsNormEps = 1e-6,
        RopeTheta = 10_000,
        MaxPositionEmbeddings = 1024,
        TieWordEmbeddings = false,
        OutputSize = terms.Count,
        OutputBias = true,
    };
}
