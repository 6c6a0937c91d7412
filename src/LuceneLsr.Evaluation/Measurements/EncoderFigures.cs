using LuceneLsr.Evaluation.Metrics;
using LuceneLsr.Evaluation.Vectors;

namespace LuceneLsr.Evaluation.Measurements;

/// <summary>Speed and quality of an encoder on one collection.</summary>
public sealed record EncoderFigures
{
    /// <summary>Gets the median time to encode one query alone.</summary>
    public required TimeSpan QueryTime { get; init; }

    /// <summary>Gets the number of documents encoded per second, in batches.</summary>
    public required double DocumentsPerSecond { get; init; }

    /// <summary>Gets the agreement of the document vectors with those of the first encoder.</summary>
    public required VectorAgreement Agreement { get; init; }

    /// <summary>Gets the metrics of the run.</summary>
    public required EvaluationReport Report { get; init; }

    /// <summary>Gets the size of the index without stored texts.</summary>
    public required long IndexBytes { get; init; }

    /// <summary>Gets the mean number of terms per document.</summary>
    public required double TermsPerDocument { get; init; }
}
