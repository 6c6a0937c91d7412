using LuceneLsr.Evaluation.Collections;
using LuceneLsr.Evaluation.Measurements;
using LuceneLsr.Tokenization;
using LuceneLsr.Tokenization.Terms;
using LuceneLsr.Tools.Common.Output;
using LuceneLsr.Torch;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Torch.Weights;
using Spectre.Console;
using static TorchSharp.torch;

namespace LuceneLsr.Tools.Search.Tradeoffs;

/// <summary>
/// Measures a checkpoint in several precisions, each loaded from its own file. The first precision is the reference.
/// </summary>
internal sealed class TradeoffMeasurement
{
    private readonly string _checkpoint;
    private readonly Device _device;
    private readonly EncoderMeasurement _measurement;

    /// <summary>Creates a measurement.</summary>
    /// <param name="checkpoint">The checkpoint's directory.</param>
    /// <param name="device">The device of the model.</param>
    /// <param name="collection">The collection.</param>
    /// <param name="topTerms">Number of top document terms to compare.</param>
    /// <exception cref="CheckpointException">The checkpoint cannot be used.</exception>
    public TradeoffMeasurement(string checkpoint, Device device, BeirCollection collection, int topTerms)
    {
        _ = TermSpace.Load(checkpoint); // fail early, before anything is written
        (_checkpoint, _device) = (checkpoint, device);
        _measurement = new(collection, topTerms);
    }

    /// <summary>Measures a precision.</summary>
    /// <param name="precision">The precision.</param>
    /// <param name="task">The progress bar of the documents.</param>
    /// <param name="cancellation">Cancels the encoding.</param>
    public PrecisionFigures Measure(Precision precision, ProgressTask task, CancellationToken cancellation)
    {
        using var stored = new TemporaryCheckpoint(_checkpoint, precision);
        var checkpoint = Checkpoint.Load(stored.Path, precision, _device);
        using var encoder = new TorchSparseEncoder(checkpoint, _device);
        task.StartTask();
        var figures = _measurement.Measure(
            encoder, encoder.Settings.ImpactScale, new DocumentProgress(task).Add, cancellation);
        return new()
        {
            Precision = precision,
            DiskBytes = CheckpointFiles.ComputeWeightBytes(stored.Path),
            MemoryBytes = checkpoint.SizeInBytes,
            QueryMilliseconds = figures.QueryTime.TotalMilliseconds,
            DocumentsPerSecond = figures.DocumentsPerSecond,
            MeanCosine = figures.Agreement.MeanCosine,
            MinCosine = figures.Agreement.MinCosine,
            TopTermsKept = figures.Agreement.MeanOverlap,
            ComparedDocuments = figures.Agreement.Texts,
            NdcgAt10 = figures.Report.NdcgAt10,
            RecallAt100 = figures.Report.RecallAt100,
            IndexBytes = figures.IndexBytes,
            TermsPerDocument = figures.TermsPerDocument,
        };
    }
}
