using System.CommandLine;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using LuceneLsr;
using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Tools.Benchmarks;
using LuceneLsr.Tools.Benchmarks.Encoders;
using LuceneLsr.Tools.Benchmarks.Kernels;
using LuceneLsr.Tools.Benchmarks.Training;
using LuceneLsr.Tools.Benchmarks.Workloads;
using LuceneLsr.Tools.Common.Options;
using LuceneLsr.Tools.Common;

Option<string> workload = new("--workload")
{
    Description = "Synthetic vectors: zipf, topic or dense-topic.",
    DefaultValueFactory = _ => "zipf",
};
workload.AcceptOnlyFromAmong("zipf", "topic", "dense-topic");
Option<int> documents = new("--documents") { Description = "Documents to index.", DefaultValueFactory = _ => 100_000 };
Option<int> queries = new("--queries") { Description = "Queries to measure.", DefaultValueFactory = _ => 200 };
Option<int> rounds = new("--rounds") { Description = "Times that each query runs.", DefaultValueFactory = _ => 5 };
Option<float> factor = new("--factor")
{
    Description = "Impact units a unit of a file's weights: the checkpoint's impact_factor.",
    DefaultValueFactory = _ => new LsrSettings().ImpactFactor,
};
foreach (var option in new[] { documents, queries, rounds })
{
    option.Require(value => value >= 1, "at least 1");
}

var root = new RootCommand(
    "Times queries and indexing, every engine as a ratio to Lucene's BooleanQuery in the same run. "
    + "Results are compared hit by hit before a time is printed.")
{
    workload, documents, queries, rounds, factor,
};
VectorFileOptions vectors = new(root, replaced: "synthetic vectors");
vectors.Exclude(root, workload, documents, queries);
root.SetWork((parsed, cancellation) =>
{
    int count = parsed.GetValue(documents), asked = parsed.GetValue(queries);
    IWorkload chosen = (vectors.Read(parsed), parsed.GetValue(workload)) switch
    {
        ((var texts, { } questions), _) => new VectorFiles(texts, questions, new ImpactScale(parsed.GetValue(factor))),
        (_, "topic") => new TopicWorkload(count, asked, offset: 100, exponent: 0.6),
        (_, "dense-topic") => new TopicWorkload(count, asked, offset: 10, exponent: 0.9),
        _ => new ZipfWorkload(count, asked),
    };
    QueryBenchmark.Run(chosen, parsed.GetValue(rounds), cancellation);
});

var kernels = new Command("kernels", "Times the inner loops, each against what it replaces.");
kernels.SetAction(_ =>
{
    var job = Job.Default.WithToolchain(InProcessEmitToolchain.Instance).WithWarmupCount(5).WithIterationCount(10);
    BenchmarkRunner.Run(
        [typeof(DenseRowKernels), typeof(PackedBlockKernels), typeof(SelectionKernels)],
        DefaultConfig.Instance.AddJob(job)
            .WithArtifactsPath(Path.Combine(Path.GetTempPath(), "lsr-bench-kernels")));
});
root.Add(kernels);
root.Add(EncoderCommand.Create());
root.Add(TrainingCommand.Create());
return await CommandRunner.RunAsync(root, args).ConfigureAwait(false);
