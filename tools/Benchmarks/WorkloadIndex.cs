using System.Diagnostics;
using Lucene.Net.Analysis.Core;
using Lucene.Net.Index;
using Lucene.Net.Store;
using Lucene.Net.Util;
using LuceneLsr.Documents;
using LuceneLsr.Encoding;
using LuceneLsr.Search;
using LuceneLsr.Tools.Shared;

namespace LuceneLsr.Tools.Benchmarks;

/// <summary>A workload's documents in one segment of the default codec, in memory.</summary>
internal sealed class WorkloadIndex : IDisposable
{
    public const string Field = "impacts";

    private readonly RAMDirectory _directory = new();
    private readonly DirectoryReader _reader;

    public WorkloadIndex(ZipfWorkload workload, int documents, CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        Write(workload, documents, cancellation);
        DocumentsPerSecond = documents / watch.Elapsed.TotalSeconds;
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

    private void Write(ZipfWorkload workload, int documents, CancellationToken cancellation)
    {
        using var analyzer = new KeywordAnalyzer();
        using var writer = new IndexWriter(_directory, new IndexWriterConfig(LuceneVersion.LUCENE_48, analyzer));
        TimedProgress.Create().Start(context =>
        {
            var task = context.AddTask("Indexing", maxValue: documents);
            for (var document = 0; document < documents; document++)
            {
                cancellation.ThrowIfCancellationRequested();
                writer.AddDocument([new ImpactField(Field, workload.Document(), ImpactScale.Identity)]);
                task.Increment(1);
            }
        });
        writer.ForceMerge(1);
    }
}
