using System.Text.Json.Serialization;

namespace LuceneLsr.Training.Recipes;

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
