using LuceneLsr.Tokenization.Settings;
using static TorchSharp.torch;

namespace LuceneLsr.Torch;

/// <summary>
/// Token sequences of different lengths as one padded tensor, and which of their positions enter the pool: those of the
/// text itself (of its second copy under <see cref="AttentionVariant.Echo"/>) and what is asked for of what precedes it,
/// never those of the padding.
/// </summary>
public sealed class TokenBatch : IDisposable
{
    private TokenBatch(Tensor ids, Tensor? mask, Tensor poolIndex, Tensor poolMask) =>
        (Ids, Mask, PoolIndex, PoolMask) = (ids, mask, poolIndex, poolMask);

    /// <summary>Token ids, [batch, length], padded at the end with id 0.</summary>
    public Tensor Ids { get; }

    /// <summary>
    /// True for real tokens, [batch, 1, 1, length]; null under the causal mask, which hides padding by itself.
    /// </summary>
    public Tensor? Mask { get; }

    /// <summary>
    /// Pooled positions as indices into the flattened [batch x length], shape [batch, pooled]. A shorter text repeats
    /// its first position, which leaves every maximum as it is.
    /// </summary>
    public Tensor PoolIndex { get; }

    /// <summary>1 for pooled positions, 0 for those that are there again, [batch, pooled], F32.</summary>
    public Tensor PoolMask { get; }

    /// <summary>Lays texts out for a model.</summary>
    /// <param name="texts">The texts' tokens; none is empty.</param>
    /// <param name="preceding">What precedes each text (beginning-of-sequence token, prefix); may be empty.</param>
    /// <param name="variant">How the text is fed.</param>
    /// <param name="device">Where the tensors go.</param>
    /// <param name="pooledPreceding">How many of the preceding tokens are pooled too, the last ones.</param>
    public static TokenBatch Create(
        IReadOnlyList<IReadOnlyList<int>> texts, IReadOnlyList<int> preceding, AttentionVariant variant, Device device,
        int pooledPreceding = 0)
    {
        ArgumentNullException.ThrowIfNull(texts);
        ArgumentNullException.ThrowIfNull(preceding);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(pooledPreceding, preceding.Count);
        int copies = variant == AttentionVariant.Echo ? 2 : 1, longest = texts.Max(text => text.Count);
        int length = preceding.Count + (copies * longest), rows = texts.Count;
        var ids = new long[rows, length];
        var real = new bool[rows, 1, 1, length];
        var pooled = new long[rows, pooledPreceding + longest];
        var poolMask = new float[rows, pooledPreceding + longest];
        for (var row = 0; row < rows; row++)
        {
            var text = texts[row];
            ArgumentOutOfRangeException.ThrowIfZero(text.Count, nameof(texts));
            var start = preceding.Count + ((copies - 1) * text.Count);
            for (var position = 0; position < preceding.Count + (copies * text.Count); position++)
            {
                ids[row, position] = position < preceding.Count
                    ? preceding[position]
                    : text[(position - preceding.Count) % text.Count];
                real[row, 0, 0, position] = true;
            }

            for (var position = 0; position < pooledPreceding + longest; position++)
            {
                var ofText = position - pooledPreceding;
                pooled[row, position] = ((long)row * length)
                    + (ofText < 0 ? preceding.Count + ofText : start + (ofText < text.Count ? ofText : 0));
                poolMask[row, position] = ofText < text.Count ? 1 : 0;
            }
        }

        var mask = variant == AttentionVariant.Bidirectional ? tensor(real, device: device) : null;
        return new TokenBatch(
            tensor(ids, device: device), mask, tensor(pooled, device: device), tensor(poolMask, device: device));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Ids.Dispose();
        Mask?.Dispose();
        PoolIndex.Dispose();
        PoolMask.Dispose();
    }
}
