using LuceneLsr.Tokenization.Layouts;
using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Tokenization.Tokenizers;

namespace LuceneLsr.Tokenization.Terms;

/// <summary>
/// The term space of a checkpoint directory: <c>tokenizer.json</c>, <c>terms.txt</c>, <c>lexical_weights.txt</c> and
/// <c>lsr.json</c>, everything but the model. Vectors of all encoders over the same term space can be compared.
/// </summary>
public sealed class TermSpace
{
    private readonly WholeWords _wholeWords;
    private readonly Lazy<OwnTerms> _ownTerms;

    /// <summary>Creates a term space without lexical weights.</summary>
    public TermSpace(TextTokenizer tokenizer, TermVocabulary terms, LsrSettings settings)
        : this(tokenizer, terms, settings, lexicalWeights: null)
    {
    }

    internal TermSpace(
        TextTokenizer tokenizer, TermVocabulary terms, LsrSettings settings, LexicalWeights? lexicalWeights)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        ArgumentNullException.ThrowIfNull(terms);
        ArgumentNullException.ThrowIfNull(settings);
        (Tokenizer, Terms, Settings, LexicalWeights) = (tokenizer, terms, settings, lexicalWeights);
        _wholeWords = new WholeWords(tokenizer, terms, settings.TermRule);
        _ownTerms = new(() => new OwnTerms(tokenizer, terms, settings.TermRule));
        VocabularyId = $"{terms.ComputeFingerprint()}-{settings.TermRule.Stemming}".ToLowerInvariant();
    }

    /// <summary>Gets the tokenizer.</summary>
    public TextTokenizer Tokenizer { get; }

    /// <summary>Gets the term of each row of the model's head.</summary>
    public TermVocabulary Terms { get; }

    /// <summary>Gets the settings of the encoder.</summary>
    public LsrSettings Settings { get; }

    /// <summary>Gets the weights that terms gain in texts that contain them, or null.</summary>
    internal LexicalWeights? LexicalWeights { get; }

    /// <summary>Gets the <see cref="ISparseEncoder.VocabularyId"/> of encoders over this term space.</summary>
    public string VocabularyId { get; }

    /// <summary>
    /// Loads the term space of a checkpoint directory: of this library, or of a public sparse model as its authors
    /// publish it.
    /// </summary>
    /// <exception cref="CheckpointException">
    /// A file is missing or malformed, or has an unsupported feature.
    /// </exception>
    public static TermSpace Load(string directory) => Load(directory, CheckpointLayout.Read(directory));

    /// <summary>Loads the term space of a directory whose layout has been read.</summary>
    internal static TermSpace Load(string directory, CheckpointLayout layout)
    {
        var terms = TermVocabulary.Load(directory, layout.Tokenizer, layout.Settings.TermRule);
        return new(layout.Tokenizer, terms, layout.Settings, LexicalWeights.TryLoad(directory, terms));
    }

    /// <summary>Creates a term space with the same tokenizer and terms and other settings.</summary>
    /// <exception cref="CheckpointException">The settings are not valid.</exception>
    internal TermSpace WithSettings(LsrSettings settings)
    {
        settings.Validate();
        return new(Tokenizer, Terms, settings, LexicalWeights);
    }

    /// <summary>Tokenizes a text: folds case and truncates it to <paramref name="maxTokens"/> tokens.</summary>
    /// <param name="text">The text.</param>
    /// <param name="maxTokens">The maximum number of tokens.</param>
    /// <param name="coveredText">The part of the text that the tokens cover.</param>
    public IReadOnlyList<int> Tokenize(string text, int maxTokens, out string coveredText) =>
        Tokenizer.Encode(Settings.LowerCase ? text.ToLowerInvariant() : text, maxTokens, out coveredText);

    /// <summary>Tokenizes a text like <see cref="Tokenize"/>, and aligns the tokens with the text.</summary>
    internal AlignedTokens TokenizeAligned(string text, int maxTokens) =>
        Tokenizer.EncodeAligned(Settings.LowerCase ? text.ToLowerInvariant() : text, maxTokens);

    /// <summary>
    /// Returns the terms of the words of a text, each as often as it occurs: what the text itself says, in contrast to
    /// what a model adds.
    /// </summary>
    public IEnumerable<string> GetTextTerms(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return WholeWords.Split(text).Select(Settings.TermRule.ToTerm).OfType<string>();
    }

    /// <summary>Finds the lexical weights of the terms that a text contains as whole words of one token.</summary>
    /// <param name="tokens">The tokens of the text. Their number is its length.</param>
    /// <param name="side">Its side.</param>
    /// <returns>The positive weight of each head row; none without lexical weights.</returns>
    internal IEnumerable<(int Row, float Weight)> FindLexicalWeights(IReadOnlyList<int> tokens, TextSide side)
    {
        if (LexicalWeights is not { } weights)
        {
            return [];
        }

        return from row in _ownTerms.Value.CountRows(tokens)
               let weight = weights[Terms[row.Key]!] * ComputeFactor(row.Value, tokens.Count, side)
               where weight > 0
               select (row.Key, weight);
    }

    /// <summary>
    /// Creates the vector of a text: adds whole words to its terms and keeps the terms with the largest weights.
    /// </summary>
    /// <param name="weights">The weights of the terms. Whole words are added to this dictionary.</param>
    /// <param name="tokens">The number of tokens of the text.</param>
    /// <param name="coveredText">The part of the text that was encoded.</param>
    /// <param name="side">The side of the text.</param>
    internal SparseVector CreateVector(
        IDictionary<string, float> weights, int tokens, string coveredText, TextSide side)
    {
        ArgumentNullException.ThrowIfNull(weights);
        foreach (var (word, lexical) in ComputeWholeWordWeights(tokens, coveredText, side))
        {
            weights[word] = weights.TryGetValue(word, out var weight) ? Math.Max(weight, lexical) : lexical;
        }

        return new SparseVector(weights.Select(entry => new TermWeight(entry.Key, entry.Value)))
            .TakeTop(Settings.MaxTerms[side]);
    }

    /// <summary>Computes the weights of the whole words of a text; none if its side has no whole words.</summary>
    internal IEnumerable<(string Term, float Weight)> ComputeWholeWordWeights(
        int tokens, string coveredText, TextSide side) => Settings.WholeWordWeight[side] is > 0 and var weight
            ? _wholeWords.CountTerms(coveredText)
                .Select(word => (word.Key, weight * ComputeFactor(word.Value, tokens, side)))
            : [];

    /// <summary>
    /// Finds where a text contains terms: as a word of one token, as a word that the vocabulary splits or lacks, or as
    /// a part of a word.
    /// </summary>
    /// <returns>The range of the text of each occurrence. Whole words come first.</returns>
    internal IEnumerable<(string Term, TextRange? Range)> FindOwnTerms(AlignedTokens text)
    {
        var own = _ownTerms.Value;
        return own.FindWords(text.Ids).Select(ToRange)
            .Concat(_wholeWords.Find(text.CoveredText)
                .Select(word => (word.Term, text.GetRange(word.Range.Start, word.Range.End))))
            .Concat(own.FindTokens(text.Ids).Select(ToRange));

        (string Term, TextRange? Range) ToRange((int Row, int Position) token) =>
            (Terms[token.Row]!, text.GetRange(token.Position));
    }

    private float ComputeFactor(int frequency, int tokens, TextSide side) =>
        side == TextSide.Document && Settings.DocumentTermFrequency is { } factor
            ? factor.Compute(frequency, tokens)
            : 1;
}
