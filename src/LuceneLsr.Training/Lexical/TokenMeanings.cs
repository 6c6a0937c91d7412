using LuceneLsr.Tokenization.Tokenizers;
using static TorchSharp.torch;

namespace LuceneLsr.Training.Lexical;

/// <summary>Derives vectors of tokens from vectors of words.</summary>
internal sealed class TokenMeanings
{
    private readonly TextTokenizer _tokenizer;
    private readonly WordVectors _words;
    private readonly int _dimension;
    private readonly float[] _wordVectors; // [words, dimension]
    private readonly float[] _sums; // [vocabulary, dimension]
    private readonly bool[] _isKnown; // [vocabulary]

    private TokenMeanings(TextTokenizer tokenizer, WordVectors words)
    {
        (_tokenizer, _words) = (tokenizer, words);
        _dimension = (int)words.Vectors.shape[1];
        _wordVectors = words.Vectors.data<float>().ToArray();
        _sums = new float[tokenizer.VocabularySize * _dimension];
        _isKnown = new bool[tokenizer.VocabularySize];
    }

    /// <summary>
    /// Computes a unit vector per token: the vector of the word that it spells; otherwise the mean vector of the words
    /// that contain it, weighted by log count; otherwise a random direction.
    /// </summary>
    /// <param name="tokenizer">The tokenizer.</param>
    /// <param name="words">The word vectors.</param>
    /// <param name="countOf">Returns the number of occurrences of a word in the training texts.</param>
    /// <returns>The vectors, [vocabulary, dimension].</returns>
    public static Tensor Compute(TextTokenizer tokenizer, WordVectors words, Func<string, long> countOf)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        ArgumentNullException.ThrowIfNull(words);
        ArgumentNullException.ThrowIfNull(countOf);
        var meanings = new TokenMeanings(tokenizer, words);
        meanings.AddContainingWords(countOf);
        meanings.SetWholeWords();
        return meanings.Normalize();
    }

    private void AddContainingWords(Func<string, long> countOf)
    {
        foreach (var (row, word) in _words.Words.Index())
        {
            var weight = (float)Math.Log(1 + countOf(word));
            foreach (var token in _tokenizer.Encode(" " + word).Distinct())
            {
                AddScaled(GetSum(token), GetWordVector(row), weight);
                _isKnown[token] |= weight > 0;
            }
        }
    }

    private void SetWholeWords()
    {
        for (var token = 0; token < _tokenizer.VocabularySize; token++)
        {
            if (_tokenizer.GetSurface(token)?.Trim() is { } surface && _words.Rows.TryGetValue(surface, out var row))
            {
                GetWordVector(row).CopyTo(GetSum(token));
                _isKnown[token] = true;
            }
        }
    }

    private Tensor Normalize()
    {
        using var scope = NewDisposeScope();
        var sums = tensor(_sums, [_tokenizer.VocabularySize, _dimension]);
        var random = randn(_tokenizer.VocabularySize, _dimension);
        return nn.functional.normalize(where(tensor(_isKnown).unsqueeze(1), sums, random), p: 2, dim: 1)
            .MoveToOuterDisposeScope();
    }

    private Span<float> GetSum(int token) => _sums.AsSpan(token * _dimension, _dimension);

    private ReadOnlySpan<float> GetWordVector(int row) => _wordVectors.AsSpan(row * _dimension, _dimension);

    private static void AddScaled(Span<float> target, ReadOnlySpan<float> source, float weight)
    {
        for (var index = 0; index < target.Length; index++)
        {
            target[index] += weight * source[index];
        }
    }
}
