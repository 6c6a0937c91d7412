using System.Text.Json.Serialization;

namespace LuceneLsr.Training.Recipes;

/// <summary>The decay of learning rates after the warm-up, down to zero.</summary>
public enum LearningRateDecay
{
    /// <summary>Linear.</summary>
    [JsonStringEnumMemberName("linear")]
    Linear,

    /// <summary>Half a cosine wave (Loshchilov and Hutter, SGDR, arXiv 1608.03983).</summary>
    [JsonStringEnumMemberName("cosine")]
    Cosine,
}
