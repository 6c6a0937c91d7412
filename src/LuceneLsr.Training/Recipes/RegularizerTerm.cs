using System.Text.Json.Serialization;
using LuceneLsr.Files;

namespace LuceneLsr.Training.Recipes;

/// <summary>A regularizer of the weights of one side.</summary>
/// <param name="Kind">The kind of the regularizer.</param>
/// <param name="Side">The side.</param>
/// <param name="Weight">The factor of the regularizer in the sum, after the ramp.</param>
/// <param name="RampSteps">The number of steps in which the factor rises quadratically from zero.</param>
/// <param name="AboveTerms">
/// For <see cref="RegularizerKind.Flops"/>, the number of active terms above which a text is regularized.
/// </param>
public sealed record RegularizerTerm(
    RegularizerKind Kind, TextSide Side, double Weight, int RampSteps = 0, int AboveTerms = 0)
{
    internal void Validate(string field)
    {
        RecipeRules.RequireNotNegative(Weight, $"{field}.weight");
        RecipeRules.RequireNotNegative(RampSteps, $"{field}.ramp_steps");
        RecipeRules.RequireNotNegative(AboveTerms, $"{field}.above_terms");
        Require.Data(AboveTerms == 0 || Kind == RegularizerKind.Flops,
            $"{field}.above_terms must be 0 unless the kind is flops");
    }
}

/// <summary>The kinds of regularizers.</summary>
public enum RegularizerKind
{
    /// <summary>FLOPS (Paria et al., 2020).</summary>
    [JsonStringEnumMemberName("flops")]
    Flops,

    /// <summary>The mean l1 norm.</summary>
    [JsonStringEnumMemberName("l1")]
    L1,

    /// <summary>FLOPS with a factor that grows with document frequency (Porco et al., arXiv 2505.15070).</summary>
    [JsonStringEnumMemberName("df_flops")]
    DfFlops,
}
