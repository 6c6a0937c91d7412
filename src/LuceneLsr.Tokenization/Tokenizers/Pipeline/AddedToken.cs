namespace LuceneLsr.Tokenization.Tokenizers.Pipeline;

/// <summary>A token that is matched as a whole instead of being merged.</summary>
/// <param name="Content">Its text.</param>
/// <param name="Id">Its id.</param>
/// <param name="IsSpecial">Whether it represents no text, such as the beginning of a sequence.</param>
/// <param name="IsNormalized">Whether it is matched in the normalized instead of the raw text.</param>
internal sealed record AddedToken(string Content, int Id, bool IsSpecial, bool IsNormalized);
