namespace LuceneLsr.Tokenization.Tokenizers.Pipeline;

/// <summary>Defines how a vocabulary spells the text of its tokens.</summary>
internal abstract class TokenEncoding
{
    /// <summary>Gets the text of a token, or null if it has none on its own.</summary>
    public abstract string? GetSurface(string token);

    /// <summary>Gets whether a token starts a word.</summary>
    public virtual bool StartsWord(string token) =>
        GetSurface(token) is { Length: > 0 } surface && char.IsWhiteSpace(surface[0]);

    /// <summary>Decodes normalized text to readable text.</summary>
    public virtual string Decode(string normalized) => normalized;
}
