using static TorchSharp.torch;

namespace LuceneLsr.Training.Losses;

/// <summary>
/// Top-k masking: only a text's largest weights are kept and get a gradient (Yang et al., "Sparsifying Sparse
/// Representations for Passage Retrieval by Top-k Masking", arXiv 2112.09628), so that a model is trained as it will be
/// pruned.
/// </summary>
public static class TopTerms
{
    /// <summary>The weights [batch, terms], those beyond a text's k largest zero.</summary>
    /// <param name="weights">[batch, terms], all at least 0.</param>
    /// <param name="count">k; 0 keeps all.</param>
    public static Tensor Keep(Tensor weights, int count)
    {
        ArgumentNullException.ThrowIfNull(weights);
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
