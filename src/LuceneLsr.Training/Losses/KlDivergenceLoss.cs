using LuceneLsr.Torch.Arithmetic;
using TorchSharp;
using static TorchSharp.torch;

namespace LuceneLsr.Training.Losses;

/// <summary>
/// Distillation of a teacher's scores: the mean over queries of KL(softmax(teacher / t) || softmax(student / t)), both
/// over the query's own candidates (Hinton et al., arXiv 1503.02531; used by SPLADE-v3, arXiv 2403.06789). The factor
/// t^2 of Hinton et al. is left to the loss's weight in the recipe.
/// </summary>
internal static class KlDivergenceLoss
{
    private static readonly Scalar Lowest = float.MinValue;

    /// <summary>Computes the loss.</summary>
    /// <param name="scores">The student's scores, [queries, candidates].</param>
    /// <param name="teacher">The teacher's scores, [queries, candidates], on any scale.</param>
    /// <param name="mask">[queries, candidates]; true for candidates, false for padding.</param>
    /// <param name="temperature">Divides both sets of scores; greater than zero.</param>
    public static Tensor Compute(Tensor scores, Tensor teacher, Tensor mask, double temperature)
    {
        using var scope = NewDisposeScope();
        Tensor student = LogSoftmax(scores), target = LogSoftmax(teacher);
        var summands = (target.exp() * (target - student)).masked_fill(mask.logical_not(), Scalars.Zero);
        return summands.sum([1]).mean().MoveToOuterDisposeScope();

        // Masks with the lowest finite number: minus infinity would turn differences into NaN.
        Tensor LogSoftmax(Tensor values) => nn.functional.log_softmax(
            values.DividedBy(temperature).masked_fill(mask.logical_not(), Lowest), 1);
    }
}
