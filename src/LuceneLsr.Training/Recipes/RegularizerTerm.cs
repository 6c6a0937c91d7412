using System.Text.Json.Serialization;

namespace LuceneLsr.Training.Recipes;

/// <summary>One penalty on the weights of a side.</summary>
/// <param name="Kind">Which penalty.</param>
/// <param name="Side">The side whose weights it is of.</param>
/// <param name="Weight">Its factor in the sum, after the ramp.</param>
/// <param name="RampSteps">Steps over which the factor rises quadratically from zero.</param>
/// <param name="AboveTerms">
/// For <see cref="RegularizerKind.Flops"/>: only texts with more active terms than this are penalized.
/// </param>
public sealed record RegularizerTerm(
    RegularizerKind Kind, TextSide Side, double Weight, int RampSteps = 0, int AboveTerms = 0);

/// <summary>The penalties.</summary>
public enum RegularizerKind
{
    /// <summary>FLOPS (Paria et al., 2020).</summary>
    [JsonStringEnumMemberName("flops")]
    Flops,

    /// <summary>The l1 norm of each text.</summary>
    [JsonStringEnumMemberName("l1")]
    L1,

    /// <summary>FLOPS, with a factor that grows with the document frequency (Porco et al., arXiv 2505.15070).</summary>
    [JsonStringEnumMemberName("df_flops")]
    DfFlops,
}
