using Microsoft.ML.Tokenizers;

namespace LuceneLsr.Tokenization.Tokenizers.Pipeline;

/// <summary>
/// Merges the characters of a word into tokens (byte-pair encoding, Sennrich et al., 2016). Thread-safe.
/// </summary>
/// <remarks>
/// Only the merge loop of Microsoft.ML.Tokenizers is used. Its SentencePiece class breaks ties between equal merges
/// from the right, SentencePiece from the left ("aaa" is "aa" and "a"). Its byte-level mode, normalizers and
/// pre-tokenizers cover too few tokenizer files.
/// </remarks>
internal sealed class TokenMerger
{
    private const long ExtraTokens = 64; // so that truncating a word does not change its first tokens
    private const long TypicalTokenLength = 4; // in characters
    private const int MaxPartLength = 4096; // characters merged at once

    private readonly BpeTokenizer _tokenizer;
    private readonly TokenEncoding _encoding;
    private readonly IReadOnlyDictionary<string, int>? _wholeWords;

    /// <summary>Creates the merger of a tokenizer.</summary>
    /// <exception cref="ArgumentException">Two tokens have the same id, or a merge is duplicate.</exception>
    /// <exception cref="InvalidOperationException">A token of a merge is not in the vocabulary.</exception>
    public TokenMerger(TokenizerDefinition definition)
    {
        _encoding = definition.TokenEncoding;
        _wholeWords = definition.IgnoresMerges ? definition.Vocabulary : null;
        _tokenizer = BpeTokenizer.Create(new BpeOptions(
            definition.Vocabulary.Select(token => KeyValuePair.Create(_encoding.EncodeToken(token.Key), token.Value)))
        {
            Merges = definition.Merges,
            UnknownToken = definition.UnknownToken,
            FuseUnknownTokens = definition.FusesUnknown,
        });
    }

    /// <summary>Appends the token ids of a word, at most <paramref name="maxTokens"/> of them.</summary>
    /// <returns>The number of characters of the word that the appended ids cover.</returns>
    public int Encode(string word, int maxTokens, List<int> ids)
    {
        var head = Truncate(word, maxTokens);
        if (_wholeWords is not null && _wholeWords.TryGetValue(_encoding.Encode(head), out var whole))
        {
            ids.Add(whole);
            return head.Length;
        }

        var (limit, done) = (ids.Count + (long)maxTokens, 0);
        while (done < head.Length && ids.Count < limit)
        {
            var part = TakePart(head, done);
            var length = Merge(part, (int)(limit - ids.Count), ids);
            done += length;
            if (length < part.Length)
            {
                break;
            }
        }

        return done;
    }

    private int Merge(string part, int maxTokens, List<int> ids)
    {
        var encoded = _encoding.Encode(part);
        ids.AddRange(_tokenizer.EncodeToIds(
            encoded, maxTokens, out _, out var consumed, considerPreTokenization: false, considerNormalization: false));
        return consumed == encoded.Length ? part.Length : _encoding.GetLengthWithin(part, consumed);
    }

    // Merging takes time quadratic in the length of a word. A very long word, such as a whole text that the tokenizer
    // does not split, is merged in parts that end before a space if possible.
    private static string TakePart(string word, int start)
    {
        if (word.Length - start <= MaxPartLength)
        {
            return word[start..];
        }

        for (var end = start + MaxPartLength; end > start + (MaxPartLength / 2); end--)
        {
            if (IsSpace(word[end]) && !IsSpace(word[end - 1]))
            {
                return word[start..end];
            }
        }

        var endsInsidePair = char.IsHighSurrogate(word[start + MaxPartLength - 1]);
        return word.Substring(start, endsInsidePair ? MaxPartLength - 1 : MaxPartLength);
    }

    private static bool IsSpace(char character) => character is ' ' or SentencePieceEncoding.Space;

    // Truncates a word to the characters that the first tokens can depend on.
    private string Truncate(string word, int maxTokens)
    {
        var enough = maxTokens + ExtraTokens;
        for (var length = enough * TypicalTokenLength; length < word.Length; length *= 2)
        {
            var head = word[..(char.IsHighSurrogate(word[(int)length - 1]) ? (int)length - 1 : (int)length)];
            if (Count(head) >= enough)
            {
                return head;
            }
        }

        return word;
    }

    private int Count(string word) => _tokenizer.CountTokens(
        _encoding.Encode(word), considerPreTokenization: false, considerNormalization: false);
}
