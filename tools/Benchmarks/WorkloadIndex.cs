using System.Diagnostics;
using Lucene.Net.Analysis.Core;
using Lucene.Net.Index;
using Lucene.Net.Store;
using Lucene.Net.Util;
using LuceneLsr.Documents;
using LuceneLsr.Encoding;
using LuceneLsr.Indexing;
using LuceneLsr.Search;
using LuceneLsr.Tools.Shared;

namespace LuceneLsr.Tools.Benchmarks;

/// <summary>A workload's documents in one segment of the default codec, in memory, and how fast they got there.</summary>
internal sealed class WorkloadIndex : IDisposable
{
    public const string Field = "impacts";

    private readonly RAMDirectory _directory = new();
    private readonly DirectoryReader _reader;

    /// <summary>Indexes the documents.</summary>
    /// <param name="workload">Not yet asked for documents.</param>
    /// <param name="documents">How many.</param>
    /// <param name="isBulk">Whether by <see cref="ImpactBulkWriter"/> instead of <see cref="ImpactField"/>.</param>
    /// <param name="cancellation">Checked between documents.</param>
    public WorkloadIndex(ZipfWorkload workload, int documents, bool isBulk, CancellationToken cancellation)
    {
        DocumentsPerSecond = documents / Write(workload, documents, isBulk, cancellation).TotalSeconds;
        _reader = DirectoryReader.Open(_directory);
        Searcher = new ImpactSearcher(_reader);
    }

    public ImpactSearcher Searcher { get; }

    public double DocumentsPerSecond { get; }

    public long SizeInBytes => _directory.GetSizeInBytes();

    public void Dispose()
    {
        _reader.Dispose();
        _directory.Dispose();
    }

    // Returns the time of indexing, without that of drawing the vectors.
    private TimeSpan Write(ZipfWorkload workload, int documents, bool isBulk, CancellationToken cancellation)
    {
        using var analyzer = new KeywordAnalyzer();
        using var writer = new IndexWriter(_directory, new IndexWriterConfig(LuceneVersion.LUCENE_48, analyzer)
        {
            MergePolicy = new LogDocMergePolicy(), // keeps the order of documents, for comparing hits
        });
        var watch = new Stopwatch();
        TimedProgress.Create().Start(context =>
        {
            var task = context.AddTask(isBulk ? "Bulk indexing" : "Indexing", maxValue: documents);
            using var bulk = new ImpactBulkWriter(writer, Field, ImpactScale.Identity);
            for (var document = 0; document < documents; document++)
            {
                cancellation.ThrowIfCancellationRequested();
                var vector = workload.Document();
                watch.Start();
                if (isBulk)
                {
                    bulk.Add([], vector);
                }
                else
                {
                    writer.AddDocument([new ImpactField(Field, vector, ImpactScale.Identity)]);
                }

                watch.Stop();
                task.Increment(1);
            }

            watch.Start();
            bulk.Flush();
        });
        writer.ForceMerge(1);
        return watch.Elapsed;
    }
}
