using System.Text.Json.Serialization;

namespace LuceneLsr.Tokenization.Settings;

/// <summary>How the logits L_ij of a term j at a text's positions i become the term's weight w_j.</summary>
public enum TermPooling
{
    /// <summary>w_j = log(1 + max_i ReLU(L_ij)): CSPLADE's (arXiv 2504.10816), after SPLADE-max (arXiv 2109.10086).</summary>
    [JsonStringEnumMemberName("max")]
    Max,

    /// <summary>
    /// w_j = log(1 + sum_i ReLU(L_ij)): a term counts for more the more often a text has it, and ever less for each
    /// time, as in BM25. (The first SPLADE, arXiv 2107.05720, sums the logarithms, which do not saturate.)
    /// </summary>
    [JsonStringEnumMemberName("sum")]
    Sum,
}
