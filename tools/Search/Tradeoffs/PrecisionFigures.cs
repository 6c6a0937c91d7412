using LuceneLsr.Torch.Checkpoints;

namespace LuceneLsr.Tools.Search.Tradeoffs;

/// <summary>What a precision costs and saves on one collection; a row of tradeoff.csv.</summary>
internal sealed record PrecisionFigures
{
    public required Precision Precision { get; init; }

    /// <summary>Of the weights' file.</summary>
    public required long DiskBytes { get; init; }

    /// <summary>Of the model's parameters and buffers.</summary>
    public required long MemoryBytes { get; init; }

    /// <summary>Median time of a query that is encoded alone.</summary>
    public required double QueryMilliseconds { get; init; }

    /// <summary>Documents encoded in batches.</summary>
    public required double DocumentsPerSecond { get; init; }

    /// <summary>Over documents, to their vectors under Float32.</summary>
    public required double MeanCosine { get; init; }

    public required double LeastCosine { get; init; }

    /// <summary>Mean share of a document's strongest terms under Float32 that are among the strongest.</summary>
    public required double TopTermsKept { get; init; }

    /// <summary>Documents with a term in one of the two vectors; the others have no cosine.</summary>
    public required int ComparedDocuments { get; init; }

    /// <summary>Of LSR alone, as are the other figures of the search.</summary>
    public required double NdcgAt10 { get; init; }

    public required double RecallAt100 { get; init; }

    /// <summary>Of the index of learned terms and ids, without stored texts.</summary>
    public required long IndexBytes { get; init; }

    public required double TermsPerDocument { get; init; }
}
