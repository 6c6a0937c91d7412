using static TorchSharp.torch;

namespace LuceneLsr.Training.Losses;

/// <summary>
/// The adaptation objective of CSPLADE (arXiv 2504.10816, section 3.1): cross-entropy of the predicted tokens on the
/// logits plus cross-entropy on log(1 + ReLU(logits)), both with weight 1. The second term prepares the head's logits
/// for max-pooled ReLU, so that units neither die nor stay dense when contrastive training starts.
/// </summary>
internal static class AdaptationLoss
{
    /// <summary>Computes the first term, cross-entropy on the logits.</summary>
    /// <param name="logits">[positions, output].</param>
    /// <param name="targets">[positions]; the head row of the token to predict.</param>
    public static Tensor ComputePlain(Tensor logits, Tensor targets) =>
        nn.functional.cross_entropy(logits, targets);

    /// <summary>Computes the second term, cross-entropy on log(1 + ReLU(logits)).</summary>
    /// <param name="logits">[positions, output].</param>
    /// <param name="targets">As in <see cref="ComputePlain"/>.</param>
    public static Tensor ComputeSaturated(Tensor logits, Tensor targets)
    {
        using var scope = NewDisposeScope();
        return ComputePlain(logits.relu().log1p(), targets).MoveToOuterDisposeScope();
    }
}
