using LuceneLsr.Files;

namespace LuceneLsr.Training.Recipes;

/// <summary>
/// Low-rank adaptation of the layers' linear projections (Hu et al., LoRA, arXiv 2106.09685): x W^T + (alpha / rank)
/// dropout(x) A^T B^T, of which only A and B are trained.
/// </summary>
public sealed record LoraSettings
{
    /// <summary>Columns of B and rows of A.</summary>
    public required int Rank { get; init; }

    /// <summary>The factor on B A, times the rank.</summary>
    public required double Alpha { get; init; }

    /// <summary>Share of the inputs of A that a step leaves out.</summary>
    public double Dropout { get; init; }

    /// <summary>The projections' names in each layer; all seven by default, as in CSPLADE.</summary>
    public IReadOnlyList<string> TargetModules { get; init; } =
        ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"];

    internal void Validate()
    {
        Require.Data(Rank > 0, "lora.rank must be above zero");
        Require.Data(RunRecipe.IsPositive(Alpha), "lora.alpha must be finite and above zero");
        Require.Data(Dropout is >= 0 and < 1, "lora.dropout must be at least 0 and below 1");
        Require.Data(TargetModules.Count > 0 && TargetModules.All(name => !string.IsNullOrWhiteSpace(name)),
            "lora.target_modules must not be empty, nor one of them blank");
    }
}
