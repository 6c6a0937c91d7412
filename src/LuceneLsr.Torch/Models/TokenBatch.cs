using LuceneLsr.Tokenization.Encoders;
using LuceneLsr.Tokenization.Settings;
using static TorchSharp.torch;

namespace LuceneLsr.Torch.Models;

/// <summary>A padded batch of token sequences and the positions to pool. Padding is never pooled.</summary>
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
    /// repeats its first pooled position, which leaves every maximum unchanged.
    /// </summary>
    public Tensor PoolIndex { get; }

    /// <summary>Gets the pool mask, [batch, pooled], F32: 1 for pooled positions, 0 for repeated ones.</summary>
    public Tensor PoolMask { get; }

    /// <summary>Creates a batch of which only the texts are pooled.</summary>
    /// <param name="texts">The tokens of each text. None is empty.</param>
    /// <param name="preceding">The tokens before each text (beginning-of-sequence token, prefix). May be empty.</param>
    /// <param name="variant">How the model reads a text.</param>
    /// <param name="device">The device of the tensors.</param>
    public static TokenBatch Create(
        IReadOnlyList<IReadOnlyList<int>> texts, IReadOnlyList<int> preceding, AttentionVariant variant,
        Device device) =>
        Create([.. texts.Select(text => TokenSequence.Create(preceding, text, [], variant))], variant, device);

    /// <summary>Creates a batch.</summary>
    /// <param name="texts">The sequence of each text.</param>
    /// <param name="variant">How the model reads a text.</param>
    /// <param name="device">The device of the tensors.</param>
    public static TokenBatch Create(IReadOnlyList<TokenSequence> texts, AttentionVariant variant, Device device)
    {
        var (ids, isReal) = Pad(texts);
        var (poolIndex, poolMask) = FindPooled(texts, ids.GetLength(1));
        return new TokenBatch(
            tensor(ids, device: device),
            variant == AttentionVariant.Bidirectional ? tensor(isReal, device: device) : null,
            tensor(poolIndex, device: device),
            tensor(poolMask, device: device));
    }

    /// <summary>Selects the hidden states of the pooled positions, [batch, pooled, hidden].</summary>
    /// <param name="hidden">The hidden states of all positions, [batch, length, hidden].</param>
    public Tensor SelectPooled(Tensor hidden) => hidden.flatten(0, 1).index_select(0, PoolIndex.flatten())
        .view(PoolIndex.shape[0], PoolIndex.shape[1], -1);

    /// <inheritdoc/>
    public void Dispose()
    {
        Ids.Dispose();
        Mask?.Dispose();
        PoolIndex.Dispose();
        PoolMask.Dispose();
    }

    // -> [batch, length] and [batch, 1, 1, length]
    private static (long[,] Ids, bool[,,,] IsReal) Pad(IReadOnlyList<TokenSequence> texts)
    {
        var length = texts.Max(text => text.Ids.Count);
        var ids = new long[texts.Count, length];
        var isReal = new bool[texts.Count, 1, 1, length];
        foreach (var (row, text) in texts.Index())
        {
            foreach (var (position, token) in text.Ids.Index())
            {
                ids[row, position] = token;
                isReal[row, 0, 0, position] = true;
            }
        }

        return (ids, isReal);
    }

    // -> [batch, pooled] both
    private static (long[,] Index, float[,] Mask) FindPooled(IReadOnlyList<TokenSequence> texts, int length)
    {
        var pooled = texts.Max(text => text.Pooled.Count);
        var index = new long[texts.Count, pooled];
        var mask = new float[texts.Count, pooled];
        foreach (var (row, text) in texts.Index())
        {
            for (var slot = 0; slot < pooled; slot++)
            {
                var isPooled = slot < text.Pooled.Count;
                index[row, slot] = ((long)row * length) + text.Pooled[isPooled ? slot : 0];
                mask[row, slot] = isPooled ? 1 : 0;
            }
        }

        return (index, mask);
    }
}
