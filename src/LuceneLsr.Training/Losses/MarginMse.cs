using static TorchSharp.torch;

namespace LuceneLsr.Training.Losses;

/// <summary>
/// Distillation of margins: mean over (query, negative) of ((s(q, d+) - s(q, d-)) - (t(q, d+) - t(q, d-)))^2, s the
/// student's score and t the teacher's (Hofstätter et al., arXiv 2010.02666, equation 5).
/// </summary>
public static class MarginMse
{
    /// <summary>The loss.</summary>
    /// <param name="scores">The student's, [queries, candidates], the relevant document's first.</param>
    /// <param name="teacher">The teacher's, of the same shape.</param>
    /// <param name="mask">True for each candidate that there is, of the same shape.</param>
    public static Tensor Loss(Tensor scores, Tensor teacher, Tensor mask)
    {
        ArgumentNullException.ThrowIfNull(scores);
        ArgumentNullException.ThrowIfNull(teacher);
        ArgumentNullException.ThrowIfNull(mask);
        using var scope = NewDisposeScope();
        var errors = (Margins(scores) - Margins(teacher)).square(); // [queries, candidates - 1]
        var isNegative = mask.narrow(1, 1, mask.shape[1] - 1).to(errors.dtype);
        return ((errors * isNegative).sum() / isNegative.sum().clamp_min(1)).MoveToOuterDisposeScope();
    }

    private static Tensor Margins(Tensor scores) =>
        scores.narrow(1, 0, 1) - scores.narrow(1, 1, scores.shape[1] - 1);
}
