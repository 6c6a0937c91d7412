using System.Diagnostics;
using Lucene.Net.Store;
using LuceneLsr.Evaluation;
using LuceneLsr.Evaluation.Collections;
using LuceneLsr.Evaluation.Vectors;
using LuceneLsr.Tokenization;
using LuceneLsr.Tokenization.Terms;
using LuceneLsr.Torch;
using LuceneLsr.Torch.Checkpoints;
using MathNet.Numerics.Statistics;
using Spectre.Console;
using static TorchSharp.torch;

namespace LuceneLsr.Tools.Search.Tradeoffs;

/// <summary>
/// Measures a checkpoint in one precision after the other, each as its file gives it, on a judged collection. Vectors
/// are compared with those of the precision that is measured first.
/// </summary>
internal sealed class TradeoffMeasurement
{
    private const int WarmUpQueries = 20; // not timed

    private readonly string _checkpoint;
    private readonly Device _device;
    private readonly BeirCollection _collection;
    private readonly int _top;
    private readonly string[] _queries;

    private SparseVector[]? _reference;

    /// <summary>Prepares the measurement.</summary>
    /// <param name="checkpoint">The checkpoint's directory.</param>
    /// <param name="device">Where its model runs.</param>
    /// <param name="collection">The collection.</param>
    /// <param name="top">How many of a document's strongest terms are looked for among the strongest.</param>
    /// <exception cref="CheckpointException">The directory cannot be used.</exception>
    public TradeoffMeasurement(string checkpoint, Device device, BeirCollection collection, int top)
    {
        (_checkpoint, _device, _collection, _top) = (checkpoint, device, collection, top);
        _ = TermSpace.Load(checkpoint); // tells one that cannot be used before anything is written
        _queries = [.. collection.Queries.Select(query => query.Text).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Measures a precision.</summary>
    /// <param name="precision">The precision.</param>
    /// <param name="task">The bar of its documents.</param>
    /// <param name="cancellation">Checked between batches.</param>
    public PrecisionFigures Measure(Precision precision, ProgressTask task, CancellationToken cancellation)
    {
        using var written = new TemporaryCheckpoint(_checkpoint, precision);
        var checkpoint = Checkpoint.Load(written.Path, precision, _device);
        using var encoder = new TorchSparseEncoder(checkpoint, _device);
        var (vectorOf, queryTime) = EncodeQueries(encoder, cancellation);
        var (documents, documentTime) = EncodeDocuments(encoder, task, cancellation);
        _reference ??= documents;
        var agreement = VectorAgreement.Compare(_reference, documents, _top);

        var scale = encoder.Settings.ImpactScale;
        using var directory = new RAMDirectory();
        LsrIndex.Build(directory, _collection.Corpus.Zip(documents), encoder, scale, storesTexts: false);
        using var index = LsrIndex.Open(directory);
        var report = EvaluationReport.Compute(index.Collect(_collection.Queries, vectorOf, scale), _collection.Qrels);
        return new()
        {
            Precision = precision,
            DiskBytes = CheckpointFiles.WeightBytes(written.Path),
            MemoryBytes = checkpoint.Model.SizeInBytes,
            QueryMilliseconds = queryTime.TotalMilliseconds,
            DocumentsPerSecond = documents.Length / documentTime.TotalSeconds,
            MeanCosine = agreement.MeanCosine,
            LeastCosine = agreement.MinCosine,
            TopTermsKept = agreement.MeanOverlap,
            ComparedDocuments = agreement.Texts,
            NdcgAt10 = report.NdcgAt10,
            RecallAt100 = report.RecallAt100,
            IndexBytes = directory.ListAll().Sum(directory.FileLength),
            TermsPerDocument = index.TermsPerDocument,
        };
    }

    private (Dictionary<string, SparseVector> VectorOf, TimeSpan Median) EncodeQueries(
        TorchSparseEncoder encoder, CancellationToken cancellation)
    {
        foreach (var text in _queries.Take(WarmUpQueries))
        {
            encoder.Encode(text, TextSide.Query, cancellation);
        }

        var vectorOf = new Dictionary<string, SparseVector>(StringComparer.Ordinal);
        var times = new List<double>();
        foreach (var text in _queries)
        {
            var start = Stopwatch.GetTimestamp();
            vectorOf[text] = encoder.Encode(text, TextSide.Query, cancellation);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        return (vectorOf, TimeSpan.FromMilliseconds(times.Median()));
    }

    private (SparseVector[] Vectors, TimeSpan Elapsed) EncodeDocuments(
        TorchSparseEncoder encoder, ProgressTask task, CancellationToken cancellation)
    {
        task.StartTask();
        var watch = Stopwatch.StartNew();
        var encoded = DocumentEncoding.Run(_collection.Corpus, encoder, task, cancellation).ToList();
        return ([.. encoded.Select(pair => pair.Vector)], watch.Elapsed);
    }
}
