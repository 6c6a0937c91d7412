using static TorchSharp.torch;

namespace LuceneLsr.Training.Losses;

/// <summary>
/// Distillation from a teacher's scores: mean over queries of KL(softmax(teacher / t) || softmax(student / t)), both
/// over the query's own candidates (Hinton et al., arXiv 1503.02531; as in SPLADE-v3, arXiv 2403.06789). It is not
/// multiplied by t^2, as Hinton et al. advise for a sum with other losses: that is for the loss's weight to do.
/// </summary>
public static class KlDivergence
{
    /// <summary>The loss.</summary>
    /// <param name="scores">The student's, [queries, candidates].</param>
    /// <param name="teacher">The teacher's, of the same shape; on a scale of its own.</param>
    /// <param name="mask">True for each candidate that there is, of the same shape.</param>
    /// <param name="temperature">Above zero; divides both.</param>
    public static Tensor Loss(Tensor scores, Tensor teacher, Tensor mask, double temperature)
    {
        ArgumentNullException.ThrowIfNull(scores);
        ArgumentNullException.ThrowIfNull(teacher);
        ArgumentNullException.ThrowIfNull(mask);
        using var scope = NewDisposeScope();
        Tensor student = LogSoftmax(scores), target = LogSoftmax(teacher);
        var summands = (target.exp() * (target - student)).masked_fill(mask.logical_not(), 0);
        return summands.sum([1]).mean().MoveToOuterDisposeScope();

        // The lowest number in place of minus infinity, whose difference from itself is none.
        Tensor LogSoftmax(Tensor values) => nn.functional.log_softmax(
            (values / temperature).masked_fill(mask.logical_not(), float.MinValue), 1);
    }
}
