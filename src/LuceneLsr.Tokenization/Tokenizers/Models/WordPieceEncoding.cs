using LuceneLsr.Tokenization.Tokenizers.Pipeline;

namespace LuceneLsr.Tokenization.Tokenizers.Models;

/// <summary>The spelling of WordPiece: tokens that continue a word have a prefix, usually "##".</summary>
internal sealed class WordPieceEncoding(string continuationPrefix) : TokenEncoding
{
    /// <inheritdoc/>
    public override string GetSurface(string token) =>
        StartsWord(token) ? token : token[continuationPrefix.Length..];

    /// <inheritdoc/>
    public override bool StartsWord(string token) =>
        token.Length <= continuationPrefix.Length || !token.StartsWith(continuationPrefix, StringComparison.Ordinal);
}
