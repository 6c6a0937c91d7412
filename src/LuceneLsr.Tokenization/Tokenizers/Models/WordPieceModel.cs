using LuceneLsr.Tokenization.Tokenizers.Pipeline;

namespace LuceneLsr.Tokenization.Tokenizers.Models;

/// <summary>
/// Splits a word into the longest tokens from left to right (WordPiece, Devlin et al., 2019, arXiv 1810.04805). A word
/// that cannot be split, or that is too long, is the unknown token.
/// </summary>
/// <remarks>
/// The class of Microsoft.ML.Tokenizers counts the length of a word in UTF-16 units instead of characters, and does not
/// tell how much of a word its first tokens cover.
/// </remarks>
internal sealed class WordPieceModel : WordModel
{
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _starts;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _continuations;
    private readonly int _unknown;
    private readonly int _maxWordLength;
    private readonly int _longest;

    /// <summary>Creates the model.</summary>
    /// <param name="vocabulary">The id of each token.</param>
    /// <param name="continuationPrefix">The prefix of tokens that continue a word.</param>
    /// <param name="unknown">The id of the unknown token.</param>
    /// <param name="maxWordLength">The number of characters (code points) of the longest word that is split.</param>
    public WordPieceModel(
        IReadOnlyDictionary<string, int> vocabulary, string continuationPrefix, int unknown, int maxWordLength)
    {
        _starts = CreateLookup(vocabulary);
        _continuations = CreateLookup(vocabulary
            .Where(token => token.Key.StartsWith(continuationPrefix, StringComparison.Ordinal))
            .Select(token => KeyValuePair.Create(token.Key[continuationPrefix.Length..], token.Value)));
        _longest = vocabulary.Keys.Max(token => token.Length);
        (_unknown, _maxWordLength) = (unknown, maxWordLength);
    }

    /// <inheritdoc/>
    public override int Encode(string word, int maxTokens, List<int> ids, List<(int Start, int End)>? spans = null)
    {
        if (IsTooLong(word))
        {
            return AppendUnknown(word, ids, spans);
        }

        // The whole word is split before it is truncated, because a word with an unknown end is unknown.
        var (first, covered) = (ids.Count, 0);
        for (int start = 0, length; start < word.Length; start += length)
        {
            length = AppendLongest(word.AsSpan(start), start == 0, ids);
            if (length == 0)
            {
                ids.RemoveRange(first, ids.Count - first);
                spans?.RemoveRange(first, spans.Count - first);
                return AppendUnknown(word, ids, spans);
            }

            spans?.Add((start, start + length));
            covered = ids.Count - first <= maxTokens ? start + length : covered;
        }

        var kept = Math.Min(maxTokens, ids.Count - first);
        ids.RemoveRange(first + kept, ids.Count - first - kept);
        spans?.RemoveRange(ids.Count, spans.Count - ids.Count);
        return covered;
    }

    private int AppendUnknown(string word, List<int> ids, List<(int Start, int End)>? spans)
    {
        ids.Add(_unknown);
        spans?.Add((0, word.Length));
        return word.Length;
    }

    private static Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> CreateLookup(
        IEnumerable<KeyValuePair<string, int>> tokens) =>
        new Dictionary<string, int>(tokens, StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    private bool IsTooLong(string word) =>
        word.Length > _maxWordLength && word.EnumerateRunes().Count() > _maxWordLength;

    private int AppendLongest(ReadOnlySpan<char> rest, bool isStart, List<int> ids)
    {
        var tokens = isStart ? _starts : _continuations;
        for (var length = Math.Min(rest.Length, _longest); length > 0; length--)
        {
            if (tokens.TryGetValue(rest[..length], out var id))
            {
                ids.Add(id);
                return length;
            }
        }

        return 0;
    }
}
