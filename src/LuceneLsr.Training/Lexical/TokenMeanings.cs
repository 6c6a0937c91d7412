using LuceneLsr.Tokenization.Tokenizers;
using TorchSharp;
using static TorchSharp.torch;

namespace LuceneLsr.Training.Lexical;

/// <summary>Derives vectors of tokens from vectors of words.</summary>
internal static class TokenMeanings
{
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
        using var scope = NewDisposeScope();
        var dimension = (int)words.Vectors.shape[1];
        var source = words.Vectors.data<float>().ToArray();
        var sums = new float[tokenizer.VocabularySize * dimension];
        var isKnown = new bool[tokenizer.VocabularySize];
        AddContainingWords();
        SetWholeWords();

        var vectors = tensor(sums, [tokenizer.VocabularySize, dimension]);
        var random = randn(tokenizer.VocabularySize, dimension);
        return nn.functional.normalize(where(tensor(isKnown).unsqueeze(1), vectors, random), p: 2, dim: 1)
            .MoveToOuterDisposeScope();

        void AddContainingWords()
        {
            foreach (var (row, word) in words.Words.Index())
            {
                var weight = (float)Math.Log(1 + countOf(word));
                foreach (var piece in tokenizer.Encode(" " + word).Distinct())
                {
                    AddScaled(sums, piece * dimension, source, row * dimension, dimension, weight);
                    isKnown[piece] |= weight > 0;
                }
            }
        }

        void SetWholeWords()
        {
            for (var token = 0; token < tokenizer.VocabularySize; token++)
            {
                if (tokenizer.GetSurface(token)?.Trim() is { } surface && words.Rows.TryGetValue(surface, out var row))
                {
                    source.AsSpan(row * dimension, dimension).CopyTo(sums.AsSpan(token * dimension));
                    isKnown[token] = true;
                }
            }
        }
    }

    private static void AddScaled(
        float[] target, int targetStart, float[] source, int sourceStart, int count, float weight)
    {
        for (var index = 0; index < count; index++)
        {
            target[targetStart + index] += weight * source[sourceStart + index];
        }
    }
}
