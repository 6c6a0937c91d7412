namespace LuceneLsr.Tokenization.Settings;

/// <summary>
/// BM25's length normalization (Robertson and Zaragoza, 2009): a document's pooled logits are divided by
/// 1 - b + b x n / average for its n tokens, before they are saturated.
/// </summary>
/// <param name="B">How much the length counts, from 0, not at all, to 1.</param>
/// <param name="AverageTokens">The length that changes nothing.</param>
public sealed record LengthNormalization(float B, float AverageTokens);
