using System.Security.Cryptography;
using System.Text;
using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Tokenization.Tokenizers;

namespace LuceneLsr.Tokenization.Terms;

/// <summary>
/// The index term of each row of a model's head. Several rows may share a term (its weight is then the largest of
/// theirs); a row may have none (special tokens, punctuation, parts of characters).
/// </summary>
public sealed class TermVocabulary
{
    /// <summary>
    /// The file: one line a row, an empty line for a row without a term. It may be absent where rows are tokens.
    /// </summary>
    public const string FileName = "terms.txt";

    private readonly string?[] _rows;

    /// <summary>Creates a vocabulary from the term of each row.</summary>
    public TermVocabulary(IEnumerable<string?> rows) =>
        _rows = [.. rows.Select(row => string.IsNullOrEmpty(row) ? null : row)];

    /// <summary>The number of rows.</summary>
    public int Count => _rows.Length;

    /// <summary>The term of a row, or null.</summary>
    public string? this[int row] => _rows[row];

    /// <summary>The distinct terms, in the order of their first rows.</summary>
    public IEnumerable<string> GetDistinctTerms() => _rows.OfType<string>().Distinct(StringComparer.Ordinal);

    /// <summary>
    /// Reads a checkpoint directory's terms; without a terms file each token is a row and the rule names its term.
    /// </summary>
    public static TermVocabulary Load(string directory, TextTokenizer tokenizer, TermRule rule)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        ArgumentNullException.ThrowIfNull(rule);
        var path = Path.Combine(directory, FileName);
        return File.Exists(path) ? new TermVocabulary(File.ReadLines(path)) : FromTokens(tokenizer, rule);
    }

    /// <summary>One row a token, its term by the rule; special tokens have none.</summary>
    public static TermVocabulary FromTokens(TextTokenizer tokenizer, TermRule rule)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        ArgumentNullException.ThrowIfNull(rule);
        return new TermVocabulary(Enumerable.Range(0, tokenizer.VocabularySize)
            .Select(id => tokenizer.GetSurface(id) is { } surface ? rule.ToTerm(surface) : null));
    }

    /// <summary>Writes the terms into a checkpoint directory.</summary>
    public void Save(string directory) =>
        File.WriteAllText(Path.Combine(directory, FileName), string.Concat(_rows.Select(row => row + "\n")));

    /// <summary>A fingerprint of all rows: equal only for equal vocabularies.</summary>
    public string ComputeFingerprint() =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding8.GetBytes(string.Join('\n', _rows))))[..16];

    private static UTF8Encoding Encoding8 { get; } = new(encoderShouldEmitUTF8Identifier: false);
}
