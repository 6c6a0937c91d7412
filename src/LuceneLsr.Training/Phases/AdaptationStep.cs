namespace LuceneLsr.Training.Phases;

/// <summary>What one adaptation step came to.</summary>
/// <param name="Step">Counted from 1.</param>
/// <param name="Loss">Cross-entropy on the logits.</param>
/// <param name="SaturatedLoss">Cross-entropy on log(1 + ReLU(logits)).</param>
/// <param name="GradientNorm">Before clipping.</param>
/// <param name="Seconds">Wall time.</param>
public sealed record AdaptationStep(int Step, double Loss, double SaturatedLoss, double GradientNorm, double Seconds);
