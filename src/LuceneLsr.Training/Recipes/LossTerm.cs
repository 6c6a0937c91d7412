using System.Text.Json.Serialization;

namespace LuceneLsr.Training.Recipes;

/// <summary>A term of the contrastive loss.</summary>
/// <param name="Kind">The kind of the loss.</param>
/// <param name="Weight">The factor of the loss in the sum.</param>
/// <param name="Temperature">The divisor of scores in losses with a softmax.</param>
public sealed record LossTerm(LossKind Kind, double Weight = 1, double Temperature = 1)
{
    internal void Validate(string field)
    {
        RecipeRules.RequirePositive(Weight, $"{field}.weight");
        RecipeRules.RequirePositive(Temperature, $"{field}.temperature");
    }
}

/// <summary>The kinds of contrastive losses.</summary>
public enum LossKind
{
    /// <summary>InfoNCE with in-batch and hard negatives (van den Oord et al., arXiv 1807.03748).</summary>
    [JsonStringEnumMemberName("info_nce")]
    InfoNce,

    /// <summary>Kullback-Leibler divergence from a teacher's scores (Hinton et al., arXiv 1503.02531).</summary>
    [JsonStringEnumMemberName("kl")]
    Kl,

    /// <summary>Mean squared error of score margins to a teacher's (Hofstätter et al., arXiv 2010.02666).</summary>
    [JsonStringEnumMemberName("margin_mse")]
    MarginMse,
}
