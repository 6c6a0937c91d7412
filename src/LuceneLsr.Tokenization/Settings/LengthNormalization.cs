namespace LuceneLsr.Tokenization.Settings;

/// <summary>
/// The length normalization of BM25 (Robertson and Zaragoza, 2009). The pooled logits of a document of n tokens are
/// divided by 1 - b + b x n / average before saturation.
/// </summary>
/// <param name="B">The strength of the normalization, from 0 (none) to 1 (full).</param>
/// <param name="AverageTokens">The length that leaves logits unchanged.</param>
public sealed record LengthNormalization(float B, float AverageTokens);
