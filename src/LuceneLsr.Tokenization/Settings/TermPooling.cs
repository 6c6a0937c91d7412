using System.Text.Json.Serialization;

namespace LuceneLsr.Tokenization.Settings;

/// <summary>
/// How the logits L_ij of term j at positions i are pooled to the weight w_j of the term. f is the
/// <see cref="Saturation"/>.
/// </summary>
public enum TermPooling
{
    /// <summary>
    /// w_j = f(max_i ReLU(L_ij)), as in CSPLADE (arXiv 2504.10816) and SPLADE-max (arXiv 2109.10086).
    /// </summary>
    [JsonStringEnumMemberName("max")]
    Max,

    /// <summary>
    /// w_j = f(sum_i ReLU(L_ij)). Repeated terms get larger weights with diminishing returns, as in BM25.
    /// </summary>
    [JsonStringEnumMemberName("sum")]
    Sum,

    /// <summary>
    /// w_j = sum_i f(ReLU(L_ij)), as in the first SPLADE (arXiv 2107.05720). Weights grow with the length of a text.
    /// </summary>
    [JsonStringEnumMemberName("saturated_sum")]
    SaturatedSum,

    /// <summary>
    /// w_j = f(ReLU(L_j)), where L are the logits of one state: the mean of the states of all positions, scaled to unit
    /// length. It is the vector that a sentence encoder compares texts by (Sentence-BERT, arXiv 1908.10084).
    /// </summary>
    [JsonStringEnumMemberName("mean")]
    Mean,
}
