using static TorchSharp.torch;

namespace LuceneLsr.Training.Losses;

/// <summary>
/// CSPLADE's adaptation objective (arXiv 2504.10816, section 3.1): next-token cross-entropy on the logits plus the same
/// on log(1 + ReLU(logits)), weight 1 each. The second term makes the head's logits fit for max-pooled ReLU, so that
/// units neither die nor stay dense when contrastive training starts.
/// </summary>
public static class AdaptationLoss
{
    /// <summary>The target of a position that is not scored.</summary>
    public const long Ignored = -100;

    /// <summary>Cross-entropy on the logits, the first term.</summary>
    /// <param name="logits">[positions, output].</param>
    /// <param name="targets">
    /// Row of the head that stands for the next token, or <see cref="Ignored"/>; [positions].
    /// </param>
    public static Tensor Plain(Tensor logits, Tensor targets) =>
        nn.functional.cross_entropy(logits, targets, ignore_index: Ignored);

    /// <summary>Cross-entropy on log(1 + ReLU(logits)), the second term.</summary>
    /// <param name="logits">[positions, output].</param>
    /// <param name="targets">As in <see cref="Plain"/>.</param>
    public static Tensor Saturated(Tensor logits, Tensor targets)
    {
        ArgumentNullException.ThrowIfNull(logits);
        using var scope = NewDisposeScope();
        return Plain(logits.relu().log1p(), targets).MoveToOuterDisposeScope();
    }
}
