using System.Diagnostics;
using LuceneLsr.Tokenization.Settings;
using static TorchSharp.torch;

namespace LuceneLsr.Torch.Models;

/// <summary>
/// A padded batch of token sequences and the positions to pool: those of the text itself (of its second copy under
/// <see cref="AttentionVariant.Echo"/>) and, on request, the last ones before it. Padding is never pooled.
/// </summary>
internal sealed class TokenBatch : IDisposable
{
    private TokenBatch(Tensor ids, Tensor? mask, Tensor poolIndex, Tensor poolMask) =>
        (Ids, Mask, PoolIndex, PoolMask) = (ids, mask, poolIndex, poolMask);

    /// <summary>Gets the token ids, [batch, length], padded at the end with id 0.</summary>
    public Tensor Ids { get; }

    /// <summary>
    /// Gets the mask, [batch, 1, 1, length], true for real tokens. Null under the causal mask, which also hides
    /// padding.
    /// </summary>
    public Tensor? Mask { get; }

    /// <summary>
    /// Gets the pooled positions as indices into the flattened [batch x length], shape [batch, pooled]. A shorter text
    /// repeats its first position, which leaves every maximum unchanged.
    /// </summary>
    public Tensor PoolIndex { get; }

    /// <summary>Gets the pool mask, [batch, pooled], F32: 1 for pooled positions, 0 for repeated ones.</summary>
    public Tensor PoolMask { get; }

    /// <summary>Creates a batch.</summary>
    /// <param name="texts">The tokens of each text. None is empty.</param>
    /// <param name="preceding">The tokens before each text (beginning-of-sequence token, prefix). May be empty.</param>
    /// <param name="variant">How the model reads a text.</param>
    /// <param name="device">The device of the tensors.</param>
    /// <param name="pooledPreceding">
    /// The number of preceding tokens, counted from the last, that are pooled too.
    /// </param>
    public static TokenBatch Create(
        IReadOnlyList<IReadOnlyList<int>> texts, IReadOnlyList<int> preceding, AttentionVariant variant, Device device,
        int pooledPreceding = 0)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(pooledPreceding, preceding.Count);
        ArgumentOutOfRangeException.ThrowIfZero(texts.Min(text => text.Count), nameof(texts));
        var copies = CountCopies(variant);
        var length = preceding.Count + (copies * texts.Max(text => text.Count));
        var rows = texts.Select(text =>
            (int[])[.. preceding, .. Enumerable.Repeat(text, copies).SelectMany(copy => copy)]);
        var (ids, isReal) = Pad([.. rows], length);
        var (poolIndex, poolMask) = FindPooled(texts, preceding.Count, pooledPreceding, copies, length);
        return new TokenBatch(
            tensor(ids, device: device),
            variant == AttentionVariant.Bidirectional ? tensor(isReal, device: device) : null,
            tensor(poolIndex, device: device),
            tensor(poolMask, device: device));
    }

    /// <summary>Returns how many times the model reads a text.</summary>
    internal static int CountCopies(AttentionVariant variant) => variant switch
    {
        AttentionVariant.Causal or AttentionVariant.Bidirectional => 1,
        AttentionVariant.Echo => 2,
        _ => throw new UnreachableException(),
    };

    /// <inheritdoc/>
    public void Dispose()
    {
        Ids.Dispose();
        Mask?.Dispose();
        PoolIndex.Dispose();
        PoolMask.Dispose();
    }

    // -> [batch, length] and [batch, 1, 1, length]
    private static (long[,] Ids, bool[,,,] IsReal) Pad(int[][] rows, int length)
    {
        var ids = new long[rows.Length, length];
        var isReal = new bool[rows.Length, 1, 1, length];
        foreach (var (row, tokens) in rows.Index())
        {
            foreach (var (position, token) in tokens.Index())
            {
                ids[row, position] = token;
                isReal[row, 0, 0, position] = true;
            }
        }

        return (ids, isReal);
    }

    // -> [batch, pooled] both
    private static (long[,] Index, float[,] Mask) FindPooled(
        IReadOnlyList<IReadOnlyList<int>> texts, int preceding, int pooledPreceding, int copies, int length)
    {
        var pooled = pooledPreceding + texts.Max(text => text.Count);
        var index = new long[texts.Count, pooled];
        var mask = new float[texts.Count, pooled];
        for (var row = 0; row < texts.Count; row++)
        {
            var count = texts[row].Count;
            var start = preceding + ((copies - 1) * count); // of the last copy
            for (var position = 0; position < pooled; position++)
            {
                var ofText = position - pooledPreceding;    // negative: before the text
                index[row, position] = ((long)row * length)
                    + (ofText < 0 ? preceding + ofText : start + (ofText < count ? ofText : 0));
                mask[row, position] = ofText < count ? 1 : 0;
            }
        }

        return (index, mask);
    }
}
