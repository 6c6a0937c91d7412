using LuceneLsr.Torch.Arithmetic;
using static TorchSharp.torch;

namespace LuceneLsr.Training.Losses;

/// <summary>
/// Distillation of score margins: the mean over (query, negative) pairs of
/// ((s(q, d+) - s(q, d-)) - (t(q, d+) - t(q, d-)))^2, where s is the student's score and t the teacher's
/// (Hofstätter et al., arXiv 2010.02666, equation 5).
/// </summary>
internal static class MarginMseLoss
{
    /// <summary>Computes the loss.</summary>
    /// <param name="scores">The student's scores, [queries, candidates], the relevant document's first.</param>
    /// <param name="teacher">The teacher's scores, [queries, candidates].</param>
    /// <param name="mask">[queries, candidates]; true for candidates, false for padding.</param>
    public static Tensor Compute(Tensor scores, Tensor teacher, Tensor mask)
    {
        using var scope = NewDisposeScope();
        var errors = (ComputeMargins(scores) - ComputeMargins(teacher)).Squared(); // [queries, candidates - 1]
        var isNegative = mask.narrow(1, 1, mask.shape[1] - 1).to(errors.dtype);
        return ((errors * isNegative).sum() / isNegative.sum().AtLeast(1)).MoveToOuterDisposeScope();
    }

    private static Tensor ComputeMargins(Tensor scores) =>
        scores.narrow(1, 0, 1) - scores.narrow(1, 1, scores.shape[1] - 1);
}
