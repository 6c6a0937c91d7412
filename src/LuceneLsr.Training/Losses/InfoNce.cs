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
    /// <param name="scores">[queries, documents]; document i is relevant to query i, the rest to none.</param>
    /// <param name="temperature">Above zero. Large scores under a small one make every mistake cost too much.</param>
    public static Tensor Loss(Tensor scores, double temperature)
    {
        ArgumentNullException.ThrowIfNull(scores);
        using var scope = NewDisposeScope();
        var targets = arange(scores.shape[0], ScalarType.Int64).to(scores.device);
        return nn.functional.cross_entropy(scores / temperature, targets).MoveToOuterDisposeScope();
    }
}
