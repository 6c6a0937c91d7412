using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Tokenization.Tokenizers;

namespace LuceneLsr.Tokenization.Terms;

/// <summary>
/// What a checkpoint directory says about texts and terms, its model aside: <c>tokenizer.json</c>, <c>terms.txt</c> and
/// <c>lsr.json</c>. Whatever encodes with them, a model or a table, gives vectors that can be compared.
/// </summary>
public sealed class TermSpace
{
    private readonly WholeWords _wholeWords;

    /// <summary>Creates the space of a checkpoint's parts.</summary>
    public TermSpace(TextTokenizer tokenizer, TermVocabulary terms, LsrSettings settings)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        ArgumentNullException.ThrowIfNull(terms);
        ArgumentNullException.ThrowIfNull(settings);
        (Tokenizer, Terms, Settings) = (tokenizer, terms, settings);
        _wholeWords = new WholeWords(tokenizer, settings.TermRule);
        VocabularyId = $"{terms.ComputeFingerprint()}-{settings.TermRule.Stemming}".ToLowerInvariant();
    }

    /// <summary>The tokenizer.</summary>
    public TextTokenizer Tokenizer { get; }

    /// <summary>The term of each row of the model's head.</summary>
    public TermVocabulary Terms { get; }

    /// <summary>The retrieval head's settings.</summary>
    public LsrSettings Settings { get; }

    /// <summary>The <see cref="ISparseEncoder.VocabularyId"/> of this space's encoders.</summary>
    public string VocabularyId { get; }

    /// <summary>Reads a checkpoint directory's three files.</summary>
    /// <exception cref="CheckpointException">One of them is missing or damaged.</exception>
    public static TermSpace Load(string directory)
    {
        var settings = LsrSettings.Load(directory);
        var tokenizer = TextTokenizer.Load(directory);
        return new TermSpace(tokenizer, TermVocabulary.Load(directory, tokenizer, settings.TermRule), settings);
    }

    /// <summary>A text's tokens: case folded, cut after <paramref name="maxTokens"/> of them.</summary>
    /// <param name="text">The text.</param>
    /// <param name="maxTokens">Tokens at most.</param>
    /// <param name="read">The part of the text that the tokens stand for.</param>
    public IReadOnlyList<int> Tokenize(string text, int maxTokens, out string read) =>
        Tokenizer.Encode(Settings.LowerCase ? text.ToLowerInvariant() : text, maxTokens, out read);

    /// <summary>A text's vector: the weights of its terms and of its whole words, the strongest of them.</summary>
    /// <param name="weights">The terms' weights; whole words are added to them.</param>
    /// <param name="read">The part of the text that was read.</param>
    /// <param name="side">The side on which the text stands.</param>
    public SparseVector CreateVector(IDictionary<string, float> weights, string read, TextSide side)
    {
        ArgumentNullException.ThrowIfNull(weights);
        if (Settings.WholeWordWeight[side] is > 0 and var wordWeight)
        {
            foreach (var word in _wholeWords.SplitTerms(read))
            {
                weights[word] = weights.TryGetValue(word, out var weight) ? Math.Max(weight, wordWeight) : wordWeight;
            }
        }

        return new SparseVector(weights.Select(entry => new TermWeight(entry.Key, entry.Value)))
            .TakeTop(Settings.MaxTerms[side]);
    }
}
