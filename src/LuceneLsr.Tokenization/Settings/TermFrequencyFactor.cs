namespace LuceneLsr.Tokenization.Settings;

/// <summary>
/// The factor by which BM25 counts a term that a document of n tokens contains f times (Robertson and Zaragoza, 2009):
/// f x (k1 + 1) / (f + k1 x (1 - b + b x n / average)).
/// </summary>
/// <param name="K1">How much repetitions count, from 0, where they do not.</param>
/// <param name="B">The strength of the length normalization, from 0 (none) to 1 (full).</param>
/// <param name="AverageTokens">
/// The length, in tokens, of a document in which a term that occurs once has factor 1.
/// </param>
public sealed record TermFrequencyFactor(float K1, float B, float AverageTokens)
{
    /// <summary>Computes the factor.</summary>
    /// <param name="frequency">How often the document contains the term, at least once.</param>
    /// <param name="tokens">The length of the document, in tokens.</param>
    /// <exception cref="ArgumentOutOfRangeException">The frequency is not positive.</exception>
    internal float Compute(int frequency, int tokens)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(frequency);
        return frequency * (K1 + 1) / (frequency + (K1 * (1 - B + (B * tokens / AverageTokens))));
    }
}
