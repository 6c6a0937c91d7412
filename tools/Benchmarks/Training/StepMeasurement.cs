using LuceneLsr.Tools.Benchmarks.Encoders;
using LuceneLsr.Torch.Models;
using LuceneLsr.Torch.Modules;

namespace LuceneLsr.Tools.Benchmarks.Training;

/// <summary>What was measured of a variant's step: median seconds, the same minutes for all.</summary>
/// <param name="Variant">The variant.</param>
/// <param name="Plain">A step of plain FP32.</param>
/// <param name="Step">A step of the variant.</param>
/// <param name="Decoder">The decoder, forward and backward.</param>
/// <param name="Encoder">The decoder and the head, forward and backward.</param>
/// <param name="Loss">Losses, regularizers and figures.</param>
/// <param name="Optimizer">Clipping and moving the weights.</param>
/// <param name="MatmulRate">GFLOP/s of large matrix products in the variant's numbers.</param>
/// <param name="Memory">A step's; null where it is not counted.</param>
/// <param name="Terms">Active terms a document.</param>
internal sealed record StepMeasurement(
    RecipeVariant Variant, double Plain, double Step, double Decoder, double Encoder, double Loss, double Optimizer,
    double MatmulRate, ResidentMemory? Memory, double Terms)
{
    /// <summary>The head, forward and backward.</summary>
    public double Head => Encoder - Decoder;

    /// <summary>What is none of the parts: drawing and tokenizing texts.</summary>
    public double Rest => Step - Encoder - Loss - Optimizer;
}
