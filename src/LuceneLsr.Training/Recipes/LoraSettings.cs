using LuceneLsr.Files;

namespace LuceneLsr.Training.Recipes;

/// <summary>
/// The settings of low-rank adaptation of the layers' linear projections (Hu et al., LoRA, arXiv 2106.09685):
/// x W^T + (alpha / rank) dropout(x) A^T B^T, where only A and B are trained.
/// </summary>
public sealed record LoraSettings
{
    /// <summary>Gets the rank: the number of rows of A and of columns of B.</summary>
    public required int Rank { get; init; }

    /// <summary>Gets alpha. The product B A is scaled by alpha / rank.</summary>
    public required double Alpha { get; init; }

    /// <summary>Gets the dropout probability of the inputs of A.</summary>
    public double Dropout { get; init; }

    /// <summary>
    /// Gets the last parts of the names of the adapted projections, such as "q_proj" or "query". Null adapts all
    /// projections of the layers, as CSPLADE does.
    /// </summary>
    public IReadOnlyList<string>? TargetModules { get; init; }

    internal void Validate()
    {
        RecipeRules.RequirePositive(Rank, "lora.rank");
        RecipeRules.RequirePositive(Alpha, "lora.alpha");
        Require.Data(Dropout is >= 0 and < 1, "lora.dropout must be at least 0 and below 1");
        if (TargetModules is not null)
        {
            RecipeRules.RequireNames(TargetModules, "lora.target_modules");
        }
    }
}
