using System.Diagnostics;
using Lucene.Net.Analysis.Core;
using Lucene.Net.Codecs;
using Lucene.Net.Index;
using Lucene.Net.Store;
using Lucene.Net.Util;
using LuceneLsr.Documents;
using LuceneLsr.Indexing;
using LuceneLsr.Search;
using LuceneLsr.Tools.Benchmarks.Workloads;
using LuceneLsr.Tools.Common;
using LuceneLsr.Tools.Common.Output;

namespace LuceneLsr.Tools.Benchmarks;

/// <summary>A workload's documents in one segment on disk, in their order, and how fast they got there.</summary>
internal sealed class WorkloadIndex : IDisposable
{
    public const string Field = "impacts";

    private readonly DirectoryInfo _folder = System.IO.Directory.CreateTempSubdirectory("lsr-bench-");
    private readonly FSDirectory _directory;
    private readonly DirectoryReader _reader;

    /// <summary>Indexes documents.</summary>
    /// <param name="name">What is measured.</param>
    /// <param name="documents">The documents.</param>
    /// <param name="isBulk">Whether by <see cref="ImpactBulkWriter"/> instead of <see cref="ImpactField"/>.</param>
    /// <param name="codec">The codec; null for the default one.</param>
    /// <param name="cancellation">Checked between documents.</param>
    public WorkloadIndex(
        string name, IEnumerable<SparseVector> documents, bool isBulk, Codec? codec, CancellationToken cancellation)
    {
        Name = name;
        _directory = FSDirectory.Open(_folder);
        try
        {
            var (count, time) = Write(documents, isBulk, codec, cancellation);
            DocumentsPerSecond = count / time.TotalSeconds;
            _reader = DirectoryReader.Open(_directory);
        }
        catch
        {
            Delete();
            throw;
        }

        Searcher = new ImpactSearcher(_reader);
    }

    public string Name { get; }

    public ImpactSearcher Searcher { get; }

    public double DocumentsPerSecond { get; }

    public long SizeInBytes => _folder.EnumerateFiles().Sum(file => file.Length);

    public void Dispose()
    {
        _reader.Dispose();
        Delete();
    }

    private void Delete()
    {
        _directory.Dispose();
        _folder.Delete(recursive: true);
    }

    // Returns the time of indexing, without that of drawing the vectors.
    private (int Count, TimeSpan Time) Write(
        IEnumerable<SparseVector> documents, bool isBulk, Codec? codec, CancellationToken cancellation)
    {
        using var analyzer = new KeywordAnalyzer();
        var config = new IndexWriterConfig(LuceneVersion.LUCENE_48, analyzer)
        {
            MergePolicy = new LogDocMergePolicy(), // keeps the order of documents, for comparing hits
        };
        config.Codec = codec ?? config.Codec;
        using var writer = new IndexWriter(_directory, config);
        var watch = new Stopwatch();
        var count = 0;
        TimedProgress.Create().Start(context =>
        {
            var task = context.AddTask($"Indexing: {Name}");
            task.IsIndeterminate = true;
            using var bulk = new ImpactBulkWriter(writer, Field, ImpactScale.Identity);
            foreach (var vector in documents)
            {
                cancellation.ThrowIfCancellationRequested();
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
                count++;
            }

            watch.Start();
            bulk.Flush();
            writer.ForceMerge(1);
            writer.Commit();
            watch.Stop();
        });
        return (count, watch.Elapsed);
    }
}
