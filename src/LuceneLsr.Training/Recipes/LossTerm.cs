using System.Text.Json.Serialization;
using LuceneLsr.Training.Losses;

namespace LuceneLsr.Training.Recipes;

/// <summary>One summand of the contrastive loss.</summary>
/// <param name="Kind">Which loss.</param>
/// <param name="Weight">Its factor in the sum.</param>
/// <param name="Temperature">What scores are divided by, in the softmax of those losses that have one.</param>
public sealed record LossTerm(LossKind Kind, double Weight = 1, double Temperature = 1);

/// <summary>The contrastive losses.</summary>
public enum LossKind
{
    /// <summary><see cref="Losses.InfoNce"/>.</summary>
    [JsonStringEnumMemberName("info_nce")]
    InfoNce,

    /// <summary>Kullback-Leibler divergence to a teacher's scores, <see cref="KlDivergence"/>.</summary>
    [JsonStringEnumMemberName("kl")]
    Kl,

    /// <summary>Mean squared error of score margins to a teacher's, <see cref="Losses.MarginMse"/>.</summary>
    [JsonStringEnumMemberName("margin_mse")]
    MarginMse,
}
