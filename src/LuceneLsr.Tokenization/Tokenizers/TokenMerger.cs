using Microsoft.ML.Tokenizers;

namespace LuceneLsr.Tokenization.Tokenizers;

/// <summary>
/// Merges a word's characters into tokens (byte-pair encoding, Sennrich et al., 2016). Safe for several threads.
/// </summary>
/// <remarks>
/// The library's own SentencePiece class is not used, for either file format: where several merges are equally good it
/// takes the last first, SentencePiece the first ("aaa" is "aa" and "a"). Nor are the library's byte-level mode, its
/// normalizers and pre-tokenizers, which know one writing, lower-casing, and one pattern.
/// </remarks>
internal sealed class TokenMerger
{
    private const long TokensBeyond = 64; // so that what a word loses at the cut does not change its first tokens
    private const long UsualLength = 4;   // characters of a token
    private const int LongWord = 4096;    // characters that are merged at once

    private readonly BpeTokenizer _tokenizer;
    private readonly TokenWriting _writing;
    private readonly IReadOnlyDictionary<string, int>? _wholeWords;

    /// <summary>Prepares a vocabulary.</summary>
    /// <exception cref="ArgumentException">Two tokens have one id, or two merges are the same.</exception>
    /// <exception cref="InvalidOperationException">A merge's token is not in the vocabulary.</exception>
    public TokenMerger(TokenizerDefinition definition)
    {
        _writing = definition.Writing;
        _wholeWords = definition.IgnoresMerges ? definition.Vocabulary : null;
        _tokenizer = BpeTokenizer.Create(new BpeOptions(
            definition.Vocabulary.Select(token => KeyValuePair.Create(_writing.Written(token.Key), token.Value)))
        {
            Merges = definition.Merges,
            UnknownToken = definition.UnknownToken,
            FuseUnknownTokens = definition.FusesUnknown,
        });
    }

    /// <summary>Adds a word's ids, at most so many of them.</summary>
    /// <returns>The number of the word's characters that the added ids stand for.</returns>
    public int Encode(string word, int maxTokens, List<int> ids)
    {
        var head = Head(word, maxTokens);
        if (_wholeWords is not null && _wholeWords.TryGetValue(_writing.Write(head), out var whole))
        {
            ids.Add(whole);
            return head.Length;
        }

        var (limit, done) = (ids.Count + (long)maxTokens, 0);
        while (done < head.Length && ids.Count < limit)
        {
            var part = Part(head, done);
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
        var written = _writing.Write(part);
        ids.AddRange(_tokenizer.EncodeToIds(
            written, maxTokens, out _, out var consumed, considerPreTokenization: false, considerNormalization: false));
        return consumed == written.Length ? part.Length : _writing.LengthWithin(part, consumed);
    }

    // Merging takes time quadratic in a word's length, so a very long one (a text, where the tokenizer does not split it)
    // is merged in parts, which end before a space if there is one.
    private static string Part(string word, int start)
    {
        if (word.Length - start <= LongWord)
        {
            return word[start..];
        }

        for (var end = start + LongWord; end > start + (LongWord / 2); end--)
        {
            if (IsSpace(word[end]) && !IsSpace(word[end - 1]))
            {
                return word[start..end];
            }
        }

        return word.Substring(start, char.IsHighSurrogate(word[start + LongWord - 1]) ? LongWord - 1 : LongWord);
    }

    private static bool IsSpace(char character) => character is ' ' or SentencePieceWriting.Space;

    // More characters than the tokens and some more need are not looked at.
    private string Head(string word, int maxTokens)
    {
        var enough = maxTokens + TokensBeyond;
        for (var length = enough * UsualLength; length < word.Length; length *= 2)
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
        _writing.Write(word), considerPreTokenization: false, considerNormalization: false);
}
