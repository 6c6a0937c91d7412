namespace LuceneLsr.Tokenization.Tokenizers.Pipeline;

/// <summary>A part of a normalized text.</summary>
/// <param name="Text">The text.</param>
/// <param name="Token">The id of an added token, or null for a word.</param>
/// <param name="IsDropped">Whether the piece produces no tokens.</param>
internal readonly record struct TextPiece(string Text, int? Token, bool IsDropped);
