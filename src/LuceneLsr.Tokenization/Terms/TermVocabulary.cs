using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using LuceneLsr.Files;
using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Tokenization.Tokenizers;

namespace LuceneLsr.Tokenization.Terms;

/// <summary>
/// The index term of each row of a model's head. Rows may share a term, whose weight is then the maximum over its rows.
/// A row without a term represents a special token, punctuation, or a part of a character.
/// </summary>
public sealed class TermVocabulary
{
    /// <summary>
    /// The file name in a checkpoint directory. The file has one line per row, empty for a row without a term. It is
    /// optional if rows are tokens.
    /// </summary>
    public const string FileName = "terms.txt";

    private readonly string?[] _rows;

    /// <summary>Creates a vocabulary from the term of each row.</summary>
    public TermVocabulary(IEnumerable<string?> rows) =>
        _rows = [.. rows.Select(row => string.IsNullOrEmpty(row) ? null : row)];

    /// <summary>Gets the number of rows.</summary>
    public int Count => _rows.Length;

    /// <summary>Gets the term of a row, or null if it has none.</summary>
    public string? this[int row] => _rows[row];

    /// <summary>Returns the distinct terms in the order of their first rows.</summary>
    public IEnumerable<string> GetDistinctTerms() => _rows.OfType<string>().Distinct(StringComparer.Ordinal);

    /// <summary>
    /// Loads the vocabulary of a checkpoint directory. Without a terms file each token is a row, mapped to its term by
    /// the rule.
    /// </summary>
    public static TermVocabulary Load(string directory, TextTokenizer tokenizer, TermRule rule)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        ArgumentNullException.ThrowIfNull(rule);
        var path = Path.Combine(directory, FileName);
        return File.Exists(path) ? new TermVocabulary(CheckpointFile.ReadLines(path)) : FromTokens(tokenizer, rule);
    }

    /// <summary>Creates a vocabulary with one row per token, whose term is that of the rule.</summary>
    public static TermVocabulary FromTokens(TextTokenizer tokenizer, TermRule rule)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        ArgumentNullException.ThrowIfNull(rule);
        return new TermVocabulary(Enumerable.Range(0, tokenizer.VocabularySize)
            .Select(id => ToTerm(tokenizer, id, rule)));
    }

    /// <summary>Saves the terms in a checkpoint directory.</summary>
    public void Save(string directory) =>
        AtomicFile.WriteText(Path.Combine(directory, FileName), string.Concat(_rows.Select(row => row + "\n")));

    /// <summary>Computes a fingerprint of all rows that differs between different vocabularies.</summary>
    public string ComputeFingerprint() =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', _rows))))[..16];

    private static string? ToTerm(TextTokenizer tokenizer, int id, TermRule rule) => rule.Tokens switch
    {
        TokenTerms.Text => tokenizer.GetSurface(id) is { } surface ? rule.ToTerm(surface) : null,
        TokenTerms.Token => tokenizer.IsSpecial(id) ? null : tokenizer.GetToken(id),
        TokenTerms.AnyToken => tokenizer.GetToken(id),
        _ => throw new UnreachableException(),
    };
}
