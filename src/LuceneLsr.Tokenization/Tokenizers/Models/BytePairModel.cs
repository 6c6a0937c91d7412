using LuceneLsr.Tokenization.Tokenizers.Pipeline;
using Microsoft.ML.Tokenizers;

namespace LuceneLsr.Tokenization.Tokenizers.Models;

/// <summary>
/// Merges the characters of a word into tokens (byte-pair encoding, Sennrich et al., 2016).
/// </summary>
/// <remarks>
/// Only the merge loop of Microsoft.ML.Tokenizers is used. Its SentencePiece class breaks ties between equal merges
/// from the right, SentencePiece from the left ("aaa" is "aa" and "a"). Its byte-level mode, normalizers and
/// pre-tokenizers cover too few tokenizer files.
/// </remarks>
internal sealed class BytePairModel : WordModel
{
    private const long ExtraTokens = 64; // so that truncating a word does not change its first tokens
    private const long TypicalTokenLength = 4; // in characters
    private const int MaxPartLength = 4096; // characters merged at once

    private readonly BpeTokenizer _tokenizer;
    private readonly CharacterEncoding _encoding;
    private readonly IReadOnlyDictionary<string, int>? _wholeWords;

    /// <summary>Creates the model of a vocabulary.</summary>
    /// <exception cref="InvalidDataException">
    /// Two tokens have the same id, a merge is duplicate, or a token of a merge is not in the vocabulary.
    /// </exception>
    public BytePairModel(BytePairVocabulary vocabulary)
    {
        _encoding = vocabulary.Encoding;
        _wholeWords = vocabulary.IgnoresMerges ? vocabulary.Tokens : null;
        try
        {
            _tokenizer = CreateTokenizer(vocabulary);
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            throw new InvalidDataException($"vocabulary and merges do not match: {exception.Message}", exception);
        }
    }

    /// <summary>Gets the token that a merge forms.</summary>
    public static string GetMerged(string merge) => merge.Replace(" ", "", StringComparison.Ordinal);

    /// <inheritdoc/>
    public override int Encode(string word, int maxTokens, List<int> ids, List<(int Start, int End)>? spans = null)
    {
        var head = Truncate(word, maxTokens);
        if (_wholeWords is not null && _wholeWords.TryGetValue(_encoding.Encode(head), out var whole))
        {
            ids.Add(whole);
            spans?.Add((0, head.Length));
            return head.Length;
        }

        var (limit, done) = (ids.Count + (long)maxTokens, 0);
        while (done < head.Length && ids.Count < limit)
        {
            var part = TakePart(head, done);
            var length = Merge(part, (int)(limit - ids.Count), ids);
            spans?.AddRange(FindSpans(part, done).Take(ids.Count - spans.Count));
            done += length;
            if (length < part.Length)
            {
                break;
            }
        }

        return done;
    }

    private static BpeTokenizer CreateTokenizer(BytePairVocabulary vocabulary) => BpeTokenizer.Create(
        new BpeOptions(vocabulary.Tokens
            .Select(token => KeyValuePair.Create(vocabulary.Encoding.EncodeToken(token.Key), token.Value)))
        {
            Merges = vocabulary.Merges,
            UnknownToken = vocabulary.UnknownToken,
            FuseUnknownTokens = vocabulary.FusesUnknown,
        });

    private int Merge(string part, int maxTokens, List<int> ids)
    {
        var encoded = _encoding.Encode(part);
        ids.AddRange(_tokenizer.EncodeToIds(
            encoded, maxTokens, out _, out var consumed, considerPreTokenization: false, considerNormalization: false));
        return consumed == encoded.Length ? part.Length : _encoding.GetLengthWithin(part, consumed);
    }

    private IEnumerable<(int Start, int End)> FindSpans(string part, int start)
    {
        var characters = _encoding.GetCharacterSpans(part);
        return _tokenizer.EncodeToTokens(
            _encoding.Encode(part), out _, considerPreTokenization: false, considerNormalization: false)
            .Select(token => token.Offset.GetOffsetAndLength(characters.Count))
            .Select(token => (
                start + characters[token.Offset].Start, start + characters[token.Offset + token.Length - 1].End));
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
