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

namespace LuceneLsr.Tools.Benchmarks.Queries;

/// <summary>A temporary on-disk index of a workload: one segment, documents in order.</summary>
internal sealed class WorkloadIndex : IDisposable
{
    public const string Field = "impacts";

    private readonly DirectoryInfo _folder = System.IO.Directory.CreateTempSubdirectory("lsr-bench-");
    private readonly FSDirectory _directory;
    private readonly DirectoryReader _reader;

    private WorkloadIndex(
        string name, IEnumerable<SparseVector> documents, bool isBulk, Codec? codec, CancellationToken cancellation,
        Func<int, IEnumerable<IIndexableField>>? createFields = null)
    {
        Name = name;
        _directory = FSDirectory.Open(_folder);
        try
        {
            var time = Write(documents, isBulk, codec, createFields ?? (_ => []), cancellation);
            _reader = DirectoryReader.Open(_directory);
            DocumentsPerSecond = Count / time.TotalSeconds;
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

    public IndexReader Reader => _reader;

    public int Count => _reader.MaxDoc;

    /// <summary>Gets the indexing rate. Generating or reading the vectors is not part of the time.</summary>
    public double DocumentsPerSecond { get; }

    public long SizeInBytes => _folder.EnumerateFiles().Sum(file => file.Length);

    /// <summary>Indexes a workload's documents with <see cref="ImpactBulkWriter"/>.</summary>
    /// <param name="name">The name in tables and progress bars.</param>
    /// <param name="workload">The workload.</param>
    /// <param name="codec">The codec, or null for Lucene's default codec.</param>
    /// <param name="cancellation">Checked between documents.</param>
    /// <param name="createFields">Creates the other fields of a document, or null for none.</param>
    /// <param name="maxDocuments">The maximum number of documents.</param>
    public static WorkloadIndex CreateInBulk(
        string name, IWorkload workload, Codec? codec, CancellationToken cancellation,
        Func<int, IEnumerable<IIndexableField>>? createFields = null, int maxDocuments = int.MaxValue) =>
        new(name, workload.Documents().Take(maxDocuments), isBulk: true, codec, cancellation, createFields);

    /// <summary>Indexes the first documents of a workload with <see cref="ImpactField"/>.</summary>
    /// <param name="name">The name in tables and progress bars.</param>
    /// <param name="workload">The workload.</param>
    /// <param name="maxDocuments">The maximum number of documents.</param>
    /// <param name="cancellation">Checked between documents.</param>
    public static WorkloadIndex CreateByField(
        string name, IWorkload workload, int maxDocuments, CancellationToken cancellation) =>
        new(name, workload.Documents().Take(maxDocuments), isBulk: false, codec: null, cancellation);

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

    // Returns the time spent in the index writer.
    private TimeSpan Write(
        IEnumerable<SparseVector> documents, bool isBulk, Codec? codec,
        Func<int, IEnumerable<IIndexableField>> createFields, CancellationToken cancellation)
    {
        using var analyzer = new KeywordAnalyzer();
        var config = new IndexWriterConfig(LuceneVersion.LUCENE_48, analyzer)
        {
            MergePolicy = new LogDocMergePolicy(), // keeps document order, so that hits can be compared
        };
        config.Codec = codec ?? config.Codec;
        using var writer = new IndexWriter(_directory, config);
        var watch = new Stopwatch();
        TimedProgress.Create().Start(context =>
        {
            var task = context.AddTask($"Indexing: {Name}");
            task.IsIndeterminate = true;
            using var bulk = new ImpactBulkWriter(writer, Field, ImpactScale.Identity);
            foreach (var (number, vector) in documents.Index())
            {
                cancellation.ThrowIfCancellationRequested();
                watch.Start();
                Add(writer, isBulk ? bulk : null, createFields(number), vector);
                watch.Stop();
                task.Increment(1);
            }

            watch.Start();
            bulk.Flush();
            writer.ForceMerge(1);
            writer.Commit();
            watch.Stop();
        });
        return watch.Elapsed;
    }

    private static void Add(
        IndexWriter writer, ImpactBulkWriter? bulk, IEnumerable<IIndexableField> fields, SparseVector vector)
    {
        if (bulk is null)
        {
            writer.AddDocument([.. fields, new ImpactField(Field, vector, ImpactScale.Identity)]);
        }
        else
        {
            bulk.Add(fields, vector);
        }
    }
}
