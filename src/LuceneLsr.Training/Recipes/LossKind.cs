using System.Text.Json.Serialization;

namespace LuceneLsr.Training.Recipes;

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

    /// <summary>
    /// Kullback-Leibler divergence from the recipe's teachers over all documents of the batch, and over all queries.
    /// </summary>
    [JsonStringEnumMemberName("in_batch_kl")]
    InBatchKl,

    /// <summary>
    /// Mean squared error of score margins to the recipe's teachers over all documents of the batch.
    /// </summary>
    [JsonStringEnumMemberName("in_batch_margin_mse")]
    InBatchMarginMse,
}
