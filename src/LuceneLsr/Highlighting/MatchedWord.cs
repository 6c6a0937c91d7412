namespace LuceneLsr.Highlighting;

/// <summary>A word of a text that matches a query by the terms that it produced.</summary>
/// <param name="Range">The range of the word.</param>
/// <param name="Share">
/// Its share of the score of the text that was encoded, from 0 to 1. The shares of all words add up to 1, less what terms
/// without a word contribute.
/// </param>
/// <param name="Terms">The matching terms that it produced, the one that contributes most first.</param>
public sealed record MatchedWord(TextRange Range, double Share, IReadOnlyList<string> Terms);
