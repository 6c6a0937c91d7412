using static TorchSharp.torch;

namespace LuceneLsr.Training.Losses;

/// <summary>
/// InfoNCE with in-batch and hard negatives (van den Oord et al., arXiv 1807.03748):
/// mean over queries of -log(exp(s(q, d+) / t) / sum over all documents d of the batch of exp(s(q, d) / t)), s the dot
/// product and t the temperature.
/// </summary>
public static class InfoNce
{
    /// <summary>The loss.</summary>
    /// <param name="queries">Weights [queries, terms].</param>
    /// <param name="documents">Weights [documents, terms]; document i is relevant to query i, the rest to none.</param>
    /// <param name="temperature">Above zero. Large scores under a small one make every mistake cost too much.</param>
    public static Tensor Loss(Tensor queries, Tensor documents, double temperature)
    {
        ArgumentNullException.ThrowIfNull(queries);
        ArgumentNullException.ThrowIfNull(documents);
        using var scope = NewDisposeScope();
        var scores = queries.matmul(documents.t()) / temperature; // [queries, documents]
        var targets = arange(queries.shape[0], ScalarType.Int64).to(scores.device);
        return nn.functional.cross_entropy(scores, targets).MoveToOuterDisposeScope();
    }
}
