using System.CommandLine;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using LuceneLsr.Encoding;
using LuceneLsr.Tools.Benchmarks;
using LuceneLsr.Tools.Benchmarks.Kernels;
using LuceneLsr.Tools.Benchmarks.Workloads;
using LuceneLsr.Tools.Shared;

Option<string> workload = new("--workload")
{
    Description = "Synthetic vectors: zipf, topic or dense-topic.",
    DefaultValueFactory = _ => "zipf",
};
workload.AcceptOnlyFromAmong("zipf", "topic", "dense-topic");
Option<int> documents = new("--documents") { Description = "Documents to index.", DefaultValueFactory = _ => 100_000 };
Option<int> queries = new("--queries") { Description = "Queries to measure.", DefaultValueFactory = _ => 200 };
Option<int> rounds = new("--rounds") { Description = "Times that each query runs.", DefaultValueFactory = _ => 5 };
Option<string?> documentVectors = new("--document-vectors")
{
    Description = "In place of synthetic vectors, what 'lsr-search encode' wrote of documents.",
    HelpName = "FILE",
};
Option<string?> queryVectors = new("--query-vectors")
{
    Description = "And of queries, with --side query.",
    HelpName = "FILE",
};
Option<float> factor = new("--factor")
{
    Description = "Impact units a unit of a file's weights: the checkpoint's impact_factor.",
    DefaultValueFactory = _ => new LsrSettings().ImpactFactor,
};
foreach (var option in new[] { documents, queries, rounds })
{
    option.Validators.Add(result =>
    {
        if (result.GetValue(option) < 1)
        {
            result.AddError($"{option.Name} must be at least 1.");
        }
    });
}

var root = new RootCommand(
    "Times queries and indexing, every engine as a ratio to Lucene's BooleanQuery in the same run. "
    + "Results are compared hit by hit before a time is printed.")
{
    workload, documents, queries, rounds, documentVectors, queryVectors, factor,
};
root.Validators.Add(result =>
{
    if (result.GetValue(documentVectors) is null != result.GetValue(queryVectors) is null)
    {
        result.AddError("--document-vectors and --query-vectors stand together.");
    }

    Option[] synthetic = [workload, documents, queries];
    if (result.GetValue(documentVectors) is not null
        && synthetic.FirstOrDefault(option => result.GetResult(option) is { Implicit: false }) is { } other)
    {
        result.AddError($"{other.Name} is of synthetic vectors: leave it out with --document-vectors.");
    }
});
root.SetWork((parsed, cancellation) =>
{
    int count = parsed.GetValue(documents), asked = parsed.GetValue(queries);
    IWorkload chosen = (parsed.GetValue(documentVectors), parsed.GetValue(queryVectors), parsed.GetValue(workload)) switch
    {
        ({ } texts, { } questions, _) => new VectorFiles(texts, questions, new ImpactScale(parsed.GetValue(factor))),
        (_, _, "topic") => new TopicWorkload(count, asked, offset: 100, exponent: 0.6),
        (_, _, "dense-topic") => new TopicWorkload(count, asked, offset: 10, exponent: 0.9),
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
return await CleanExit.RunAsync(root, args).ConfigureAwait(false);
