using CsvHelper.Configuration.Attributes;
using LuceneLsr.Evaluation.Metrics;
using LuceneLsr.Torch.Checkpoints;
using Precision = LuceneLsr.Torch.Weights.Precision;

namespace LuceneLsr.Tools.Search.Tradeoffs;

/// <summary>Cost and quality of a precision on one collection; a row of tradeoff.csv.</summary>
internal sealed record PrecisionFigures
{
    public required Precision Precision { get; init; }

    /// <summary>Gets the size of the weight files.</summary>
    public required long DiskBytes { get; init; }

    /// <summary>Gets the size of the model's parameters and buffers.</summary>
    public required long MemoryBytes { get; init; }

    /// <summary>Gets the median time to encode one query alone.</summary>
    public required double QueryMilliseconds { get; init; }

    /// <summary>Gets the number of documents encoded per second, in batches.</summary>
    public required double DocumentsPerSecond { get; init; }

    /// <summary>Gets the mean cosine of document vectors to those of Float32.</summary>
    public required double MeanCosine { get; init; }

    /// <summary>Gets the minimum cosine of document vectors to those of Float32.</summary>
    [Name("LeastCosine")]
    public required double MinCosine { get; init; }

    /// <summary>Gets the mean share of a document's top Float32 terms that stay among its top terms.</summary>
    public required double TopTermsKept { get; init; }

    /// <summary>Gets the number of documents with a term in either vector; the others have no cosine.</summary>
    public required int ComparedDocuments { get; init; }

    /// <summary>Gets nDCG@10 of LSR alone.</summary>
    public required double NdcgAt10 { get; init; }

    /// <summary>Gets Recall@100 of LSR alone.</summary>
    public required double RecallAt100 { get; init; }

    /// <summary>Gets the size of the index without stored texts.</summary>
    public required long IndexBytes { get; init; }

    /// <summary>Gets the mean number of terms per document.</summary>
    public required double TermsPerDocument { get; init; }
}
