using LuceneLsr.Torch.Arithmetic;
using static TorchSharp.torch;

namespace LuceneLsr.Training.Losses;

/// <summary>
/// InfoNCE with in-batch and hard negatives (van den Oord et al., arXiv 1807.03748): the mean over queries of
/// -log(exp(s(q, d+) / t) / sum over all documents d of the batch of exp(s(q, d) / t)), where s is the dot product and
/// t the temperature.
/// </summary>
internal static class InfoNceLoss
{
    /// <summary>Computes the loss.</summary>
    /// <param name="scores">[queries, documents]; document i is relevant to query i and to no other.</param>
    /// <param name="temperature">
    /// Greater than zero. Sparse scores are large: a small temperature makes every mistake too expensive.
    /// </param>
    public static Tensor Compute(Tensor scores, double temperature)
    {
        using var scope = NewDisposeScope();
        var targets = TensorArithmetic.Range(0, scores.shape[0], scores.device);
        return nn.functional.cross_entropy(scores.DividedBy(temperature), targets).MoveToOuterDisposeScope();
    }
}
