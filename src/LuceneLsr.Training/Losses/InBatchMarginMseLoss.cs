using LuceneLsr.Torch.Arithmetic;
using static TorchSharp.torch;

namespace LuceneLsr.Training.Losses;

/// <summary>
/// Distillation of score margins over all documents of a batch: the mean over queries and documents other than the
/// relevant one of ((s(q, d+) - s(q, d)) - (t(q, d+) - t(q, d)))^2, where s is the student's score and t the teacher's
/// (Hofstätter et al., arXiv 2010.02666, equation 5, with in-batch negatives as in TAS-B, arXiv 2104.06967).
/// </summary>
internal static class InBatchMarginMseLoss
{
    /// <summary>Computes the loss.</summary>
    /// <param name="scores">
    /// The student's scores, [queries, documents]; document i is relevant to query i. There are at least two documents.
    /// </param>
    /// <param name="teacher">The teacher's scores, [queries, documents].</param>
    public static Tensor Compute(Tensor scores, Tensor teacher)
    {
        using var scope = NewDisposeScope();
        var errors = (ComputeMargins(scores) - ComputeMargins(teacher)).Squared(); // [queries, documents], 0 for d+
        return errors.sum().DividedBy(errors.numel() - errors.shape[0]).MoveToOuterDisposeScope();
    }

    private static Tensor ComputeMargins(Tensor scores) => scores.diagonal().unsqueeze(1) - scores;
}
