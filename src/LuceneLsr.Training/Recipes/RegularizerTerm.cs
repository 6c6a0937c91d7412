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
