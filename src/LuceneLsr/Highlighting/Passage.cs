namespace LuceneLsr.Highlighting;

/// <summary>A part of a text that matches a query.</summary>
/// <param name="Range">The range of the text.</param>
/// <param name="Score">
/// The score of the passage as if it were a document or, with <see cref="PassageOptions.IsExact"/>, its part of the
/// score of the text. 0 if it does not match.
/// </param>
/// <param name="Words">The words that match, in the order of the text. Ranges are of the whole text.</param>
public sealed record Passage(TextRange Range, double Score, IReadOnlyList<MatchedWord> Words);
