using LuceneLsr.Tools.Benchmarks.Measurement;

namespace LuceneLsr.Tools.Benchmarks.Training;

/// <summary>The measurements of a variant's step. Times are median seconds of the same rounds.</summary>
/// <param name="Variant">The variant.</param>
/// <param name="Plain">A step of plain FP32 training.</param>
/// <param name="Step">A step of the variant.</param>
/// <param name="Decoder">The decoder, forward and backward.</param>
/// <param name="Encoder">The decoder and the head, forward and backward.</param>
/// <param name="Loss">Losses, regularizers and logged figures.</param>
/// <param name="Optimizer">Gradient clipping and the weight update.</param>
/// <param name="MatmulRate">GFLOP/s of large matrix products in the variant's precision.</param>
/// <param name="Memory">The memory of a step; null where it cannot be measured.</param>
/// <param name="Terms">Active terms per document.</param>
internal sealed record StepMeasurement(
    RecipeVariant Variant, double Plain, double Step, double Decoder, double Encoder, double Loss, double Optimizer,
    double MatmulRate, ResidentMemory? Memory, double Terms)
{
    /// <summary>Gets the time of the head, forward and backward.</summary>
    public double Head => Encoder - Decoder;

    /// <summary>
    /// Gets the rest of the step: sampling and tokenizing texts. It also takes up the error of timing the parts apart
    /// from the step, so it can be slightly negative.
    /// </summary>
    public double Other => Step - Encoder - Loss - Optimizer;

    /// <summary>Gets the parts of the step, which add up to <see cref="Step"/>.</summary>
    public IReadOnlyList<(string Name, double Seconds)> Parts =>
    [
        ("decoder", Decoder), ("head", Head), ("loss", Loss), ("optimizer", Optimizer), ("other", Other),
    ];
}
