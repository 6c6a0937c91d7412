using TorchSharp;
using static TorchSharp.torch;

namespace LuceneLsr.Training.Tasks;

/// <summary>
/// Gradient caching (Gao et al., GradCache, arXiv 2101.06983): texts are encoded without a gradient, a chunk at a time;
/// the loss is differentiated down to their weights; then each chunk is encoded once more, with a gradient, and that of
/// its weights is put in. So the batch of a contrastive loss is not bounded by the memory that its activations would
/// take. A batch of one chunk is encoded once, as usual.
/// </summary>
internal sealed class GradientCache
{
    private readonly Func<Range, Tensor> _encode;
    private readonly Range[] _chunks;
    private readonly long _seed;

    /// <summary>Encodes texts.</summary>
    /// <param name="encode">
    /// The weights [texts, terms] of a range of them, with a gradient where one is asked for.
    /// </param>
    /// <param name="texts">How many there are.</param>
    /// <param name="chunk">How many are encoded at once with a gradient.</param>
    public GradientCache(Func<Range, Tensor> encode, int texts, int chunk)
    {
        _encode = encode;
        _chunks = [.. Enumerable.Range(0, texts).Chunk(chunk).Select(part => part[0]..(part[^1] + 1))];
        using var scope = NewDisposeScope();
        _seed = randint(int.MaxValue, 1, ScalarType.Int64).item<long>();
        if (_chunks.Length == 1)
        {
            Weights = encode(_chunks[0]).MoveToOuterDisposeScope();
            return;
        }

        using (no_grad())
        {
            Weights = cat([.. _chunks.Select(Encode)]).MoveToOuterDisposeScope();
        }

        Weights.requires_grad = true;
    }

    /// <summary>[texts, terms]; a loss over them may be differentiated.</summary>
    public Tensor Weights { get; }

    /// <summary>Carries the gradient that <see cref="Weights"/> have by now on to the model.</summary>
    public void Backward()
    {
        if (_chunks.Length == 1)
        {
            return; // it went there by itself
        }

        foreach (var (index, chunk) in _chunks.Index())
        {
            using var scope = NewDisposeScope();
            var (start, length) = chunk.GetOffsetAndLength((int)Weights.shape[0]);
            Encode(chunk, index).backward([Weights.grad!.narrow(0, start, length)]);
        }
    }

    private Tensor Encode(Range chunk, int index)
    {
        manual_seed(_seed + index); // dropout is the same both times
        return _encode(chunk);
    }
}
