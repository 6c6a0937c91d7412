using LuceneLsr.VectorFiles.Precisions;

namespace LuceneLsr.VectorFiles.Exports;

/// <summary>What an export wrote.</summary>
/// <param name="Documents">The number of documents.</param>
/// <param name="Queries">The number of queries.</param>
public sealed record ExportSummary(long Documents, long Queries)
{
    /// <summary>Gets the columns or tokens of a format that names terms by integers, or null.</summary>
    public VocabularySummary? Vocabulary { get; init; }

    /// <summary>Gets the ceilings in the mapping of a sparse_vector field of OpenSearch, or null.</summary>
    public QuantizationCeilings? Ceilings { get; init; }
}
