using System.Diagnostics;
using Lucene.Net.Analysis.Core;
using Lucene.Net.Codecs;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Store;
using Lucene.Net.Util;
using LuceneLsr.Indexing;
using LuceneLsr.Tools.Benchmarks.Measurement;
using LuceneLsr.Tools.Benchmarks.Queries;
using LuceneLsr.Tools.Benchmarks.Workloads;
using LuceneLsr.Tools.Common.Output;
using Spectre.Console;

namespace LuceneLsr.Tools.Benchmarks.Scale;

/// <summary>An index on disk with a chosen number of segments. Each change prints its time and its memory.</summary>
/// <param name="path">The directory.</param>
/// <param name="codec">The codec, or null for Lucene's default codec.</param>
/// <param name="documents">Names the documents. An index remembers it.</param>
internal sealed class ScaleIndex(string path, Codec? codec, string documents)
{
    private const string DocumentsKey = "lsr-bench scale";
    private const string FifthField = "fifth";
    private const int Fifths = 5;
    private const int FifthSeed = 4;

    /// <summary>Gets the directory.</summary>
    public string Path => path;

    /// <summary>Gets the size of the files.</summary>
    public long SizeInBytes => new DirectoryInfo(path).EnumerateFiles().Sum(file => file.Length);

    /// <summary>Opens the last commit.</summary>
    public DirectoryReader OpenReader() => DirectoryReader.Open(FSDirectory.Open(path));

    /// <summary>Returns the number of segments.</summary>
    public int CountSegments()
    {
        using var reader = OpenReader();
        return reader.Leaves.Count;
    }

    /// <summary>Returns whether the directory has an index of the documents.</summary>
    /// <exception cref="InvalidDataException">It has another index.</exception>
    public bool Exists()
    {
        using var directory = FSDirectory.Open(path);
        if (!DirectoryReader.IndexExists(directory))
        {
            return false;
        }

        var commit = new SegmentInfos();
        commit.Read(directory);
        var found = commit.UserData.TryGetValue(DocumentsKey, out var written) ? written : "unknown documents";
        return found == documents
            ? true
            : throw new InvalidDataException(
                $"{path} has an index of {found}, not of {documents}. Name another directory, or the options that "
                + "wrote the index.");
    }

    /// <summary>
    /// Writes the documents of a workload. Each batch of the bulk writer becomes a segment, and nothing is merged, so
    /// memory is bounded by the size of a segment. Generating or reading the vectors is not part of the time.
    /// </summary>
    public void Write(IWorkload workload, int segments, CancellationToken cancellation)
    {
        var count = workload.CountDocuments();
        Change($"Writing {count:N0} documents", NoMergePolicy.COMPOUND_FILES, (writer, watch) =>
        {
            watch.Stop();
            writer.SetCommitData(new Dictionary<string, string> { [DocumentsKey] = documents });
            writer.Config.MaxBufferedDocs = Math.Max(2, (count + segments - 1) / segments); // Lucene's minimum is 2
            writer.Config.RAMBufferSizeMB = IndexWriterConfig.DISABLE_AUTO_FLUSH;
            var random = new Random(FifthSeed);
            using var bulk = new ImpactBulkWriter(writer, WorkloadIndex.Field, ImpactScale.Identity);
            TimedProgress.Create().Start(context =>
            {
                var progress = new DocumentProgress(context.AddTask("Writing", maxValue: count));
                foreach (var vector in workload.Documents())
                {
                    cancellation.ThrowIfCancellationRequested();
                    watch.Start();
                    bulk.Add([CreateFifth(random.Next(Fifths))], vector);
                    watch.Stop();
                    progress.Add(1);
                }
            });
            watch.Start();
        });
    }

    /// <summary>Merges the segments until there are at most the given number, in document order.</summary>
    public void Merge(int segments) => Change(
        $"Merging to {segments}", new LogDocMergePolicy(), (writer, _) => writer.ForceMerge(segments));

    /// <summary>Deletes every fifth document on average, at random.</summary>
    public void DeleteFifth() => Change(
        "Deleting a fifth", NoMergePolicy.COMPOUND_FILES,
        (writer, _) => writer.DeleteDocuments(new Term(FifthField, "0")));

    private void Change(string name, MergePolicy policy, Action<IndexWriter, Stopwatch> change)
    {
        var watch = Stopwatch.StartNew();
        var memory = ResidentMemory.Measure(() =>
        {
            using var directory = FSDirectory.Open(path);
            using var analyzer = new KeywordAnalyzer();
            var config = new IndexWriterConfig(LuceneVersion.LUCENE_48, analyzer) { MergePolicy = policy };
            config.Codec = codec ?? config.Codec;
            using var writer = new IndexWriter(directory, config);
            change(writer, watch);
            writer.Commit();
        });
        watch.Stop();
        AnsiConsole.MarkupLineInterpolated($"{name}: {watch.Elapsed.TotalSeconds:F1} s");
        AnsiConsole.MarkupLineInterpolated(
            $"  {SizeInBytes / 1e6:N0} MB on disk, {memory?.Peak / 1e6:N0} MB resident at most");
    }

    private static StringField CreateFifth(int fifth) => new(FifthField, $"{fifth}", Field.Store.NO);
}
