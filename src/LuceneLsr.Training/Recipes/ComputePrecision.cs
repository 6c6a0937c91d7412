using System.Text.Json.Serialization;

namespace LuceneLsr.Training.Recipes;

/// <summary>The precision of matrix products in training.</summary>
public enum ComputePrecision
{
    /// <summary>F32.</summary>
    [JsonStringEnumMemberName("float32")]
    Float32,

    /// <summary>BF16 products of F32 weights (mixed precision, Micikevicius et al., arXiv 1710.03740).</summary>
    [JsonStringEnumMemberName("bfloat16")]
    BFloat16,
}
