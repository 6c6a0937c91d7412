using System.Text.Json.Serialization;

namespace LuceneLsr.Tokenization.Settings;

/// <summary>How the logits L_ij of term j at positions i are pooled to the weight w_j of the term.</summary>
public enum TermPooling
{
    /// <summary>
    /// w_j = log(1 + max_i ReLU(L_ij)), as in CSPLADE (arXiv 2504.10816) and SPLADE-max (arXiv 2109.10086).
    /// </summary>
    [JsonStringEnumMemberName("max")]
    Max,

    /// <summary>
    /// w_j = log(1 + sum_i ReLU(L_ij)). Repeated terms get larger weights with diminishing returns, as in BM25. (The
    /// first SPLADE, arXiv 2107.05720, sums the logarithms, which does not saturate.)
    /// </summary>
    [JsonStringEnumMemberName("sum")]
    Sum,
}
