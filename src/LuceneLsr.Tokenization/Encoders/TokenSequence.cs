using System.Diagnostics;
using LuceneLsr.Tokenization.Settings;

namespace LuceneLsr.Tokenization.Encoders;

/// <summary>The tokens that a model reads for one text, and the positions to pool.</summary>
/// <param name="Ids">The token ids, with special tokens, prefix and copies.</param>
/// <param name="Pooled">The indices of the pooled tokens, ascending. There is at least one.</param>
internal sealed record TokenSequence(IReadOnlyList<int> Ids, IReadOnlyList<int> Pooled)
{
    /// <summary>Gets the index of the first token of the text, in its last copy.</summary>
    public int TextStart { get; init; }

    /// <summary>
    /// Creates a sequence. The text's last copy is pooled and, on request, neighbouring tokens before and after it.
    /// </summary>
    /// <param name="before">The tokens before the text.</param>
    /// <param name="text">The tokens of the text, at least one.</param>
    /// <param name="after">The tokens after the text.</param>
    /// <param name="variant">How the model reads the text.</param>
    /// <param name="pooledBefore">The number of tokens before the text, counted from the last, to pool.</param>
    /// <param name="pooledAfter">The number of tokens after the text, counted from the first, to pool.</param>
    public static TokenSequence Create(
        IReadOnlyList<int> before, IReadOnlyList<int> text, IReadOnlyList<int> after, AttentionVariant variant,
        int pooledBefore = 0, int pooledAfter = 0)
    {
        ArgumentOutOfRangeException.ThrowIfZero(text.Count, nameof(text));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(pooledBefore, before.Count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(pooledAfter, after.Count);
        var copies = CountCopies(variant);
        var lastCopy = before.Count + ((copies - 1) * text.Count);
        return new(
            [.. before, .. Enumerable.Repeat(text, copies).SelectMany(copy => copy), .. after],
            [
                .. Enumerable.Range(before.Count - pooledBefore, pooledBefore),
                .. Enumerable.Range(lastCopy, text.Count + pooledAfter),
            ])
        {
            TextStart = lastCopy,
        };
    }

    /// <summary>Returns how many times a model reads a text.</summary>
    public static int CountCopies(AttentionVariant variant) => variant switch
    {
        AttentionVariant.Causal or AttentionVariant.Bidirectional => 1,
        AttentionVariant.Echo => 2,
        _ => throw new UnreachableException(),
    };
}
