using static TorchSharp.torch;

namespace LuceneLsr.Training.Losses;

/// <summary>
/// Top-k masking (Yang et al., "Sparsifying Sparse Representations for Passage Retrieval by Top-k Masking", arXiv
/// 2112.09628): only a text's largest weights are kept and get a gradient, so that a model is trained the way it will
/// be pruned.
/// </summary>
internal static class TopTermsMask
{
    /// <summary>Sets all but the k largest weights of each text to zero.</summary>
    /// <param name="weights">[batch, terms], nonnegative.</param>
    /// <param name="count">k; 0 keeps all weights.</param>
    public static Tensor Apply(Tensor weights, int count)
    {
        if (count == 0 || count >= weights.shape[1])
        {
            return weights.alias();
        }

        using var scope = NewDisposeScope();
        var (_, indexes) = weights.detach().topk(count, dim: 1); // [batch, k]
        var mask = zeros_like(weights).scatter_(1, indexes, ones_like(indexes, weights.dtype));
        return (weights * mask).MoveToOuterDisposeScope();
    }
}
