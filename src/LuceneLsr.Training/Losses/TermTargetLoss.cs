using LuceneLsr.Torch.Arithmetic;
using static TorchSharp.torch;

namespace LuceneLsr.Training.Losses;

/// <summary>
/// The mean squared error of single terms' weights. A target of 0 says that the text should not have the term: a weight
/// below zero, of a term that it lacks, is no error.
/// </summary>
internal static class TermTargetLoss
{
    /// <summary>Computes the loss.</summary>
    /// <param name="weights">[targets]; below zero for terms that a text lacks.</param>
    /// <param name="targets">[targets], nonnegative.</param>
    public static Tensor Compute(Tensor weights, Tensor targets)
    {
        using var scope = NewDisposeScope();
        var errors = where(targets.IsPositive(), weights - targets, weights.relu());
        return errors.Squared().mean().MoveToOuterDisposeScope();
    }
}
