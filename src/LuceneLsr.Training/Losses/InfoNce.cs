using static TorchSharp.torch;

namespace LuceneLsr.Training.Losses;

/// <summary>
/// InfoNCE with in-batch and hard negatives (van den Oord et al., arXiv 1807.03748):
/// mean over queries of -log(exp(s(q, d+)) / sum over all documents d of the batch of exp(s(q, d))), s the dot product.
/// </summary>
public static class InfoNce
{
    /// <summary>The loss.</summary>
    /// <param name="queries">Weights [queries, terms].</param>
    /// <param name="documents">Weights [documents, terms]; document i is relevant to query i, the rest to none.</param>
    public static Tensor Loss(Tensor queries, Tensor documents)
    {
        ArgumentNullException.ThrowIfNull(queries);
        ArgumentNullException.ThrowIfNull(documents);
        using var scope = NewDisposeScope();
        var scores = queries.matmul(documents.t()); // [queries, documents]
        var targets = arange(queries.shape[0], ScalarType.Int64).to(scores.device);
        return nn.functional.cross_entropy(scores, targets).MoveToOuterDisposeScope();
    }
}
