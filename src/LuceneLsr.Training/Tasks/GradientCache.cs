using static TorchSharp.torch;

namespace LuceneLsr.Training.Tasks;

/// <summary>
/// Gradient caching (Gao et al., GradCache, arXiv 2101.06983): encodes texts chunk by chunk without a gradient, lets
/// the loss be differentiated with respect to their weights, and then encodes each chunk again with a gradient to carry
/// it on to the model. The batch size of a contrastive loss is then not limited by the memory of its activations. A
/// batch of one chunk is encoded only once.
/// </summary>
internal sealed class GradientCache
{
    private readonly Func<Range, Tensor> _encode;
    private readonly Range[] _chunks;
    private readonly long _seed;

    /// <summary>Encodes the texts.</summary>
    /// <param name="encode">
    /// Computes the weights [texts, terms] of a range of the texts, with a gradient where gradients are enabled.
    /// </param>
    /// <param name="texts">The number of texts.</param>
    /// <param name="chunkSize">The number of texts to encode at once with a gradient.</param>
    public GradientCache(Func<Range, Tensor> encode, int texts, int chunkSize)
    {
        _encode = encode;
        _chunks = [.. Enumerable.Range(0, texts).Chunk(chunkSize).Select(part => part[0]..(part[^1] + 1))];
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

    /// <summary>Gets the weights, [texts, terms], which a loss can be differentiated with respect to.</summary>
    public Tensor Weights { get; }

    /// <summary>Propagates the gradient of <see cref="Weights"/> to the model.</summary>
    public void Backward()
    {
        if (_chunks.Length == 1)
        {
            return; // the loss's backward pass has already reached the model
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
        manual_seed(_seed + index); // the same dropout both times
        return _encode(chunk);
    }
}
