using System.CommandLine;
using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Tools.Benchmarks.Workloads;
using LuceneLsr.Tools.Common;
using LuceneLsr.Tools.Common.Options;

namespace LuceneLsr.Tools.Benchmarks.Queries;

/// <summary>The program without a subcommand: times queries and indexing on one workload.</summary>
internal sealed class QueryCommand
{
    private readonly Option<string> _workload = new("--workload")
    {
        Description = "Synthetic vectors to generate: zipf, topic or dense-topic.",
        DefaultValueFactory = _ => "zipf",
    };

    private readonly Option<int> _documents = CreateCount("--documents", "Number of documents to generate.", 100_000);
    private readonly Option<int> _queries = CreateCount("--queries", "Number of queries to generate.", 200);
    private readonly Option<int> _rounds = CreateCount("--rounds", "Number of timed runs of each query.", 5);
    private readonly Option<float> _factor = new("--factor")
    {
        Description = "Impact units per unit of weight in vector files: the checkpoint's impact_factor.",
        DefaultValueFactory = _ => new LsrSettings().ImpactFactor,
    };

    private readonly RootCommand _command = new(
        "Time queries and indexing. Each engine is compared with Lucene's BooleanQuery in the same run. "
        + "All engines must return the same hits before any time is printed.");

    private readonly VectorFileOptions _vectors;

    private QueryCommand()
    {
        _workload.Accept("zipf", "topic", "dense-topic");
        foreach (var option in new Option[] { _workload, _documents, _queries, _rounds, _factor })
        {
            _command.Add(option);
        }

        _vectors = new VectorFileOptions(_command, replaced: "synthetic vectors");
        _vectors.Exclude(_command, _workload, _documents, _queries);
        _command.SetWork((parsed, cancellation) =>
            QueryBenchmark.Run(CreateWorkload(parsed), parsed.GetValue(_rounds), cancellation));
    }

    /// <summary>Creates the program's root command.</summary>
    public static RootCommand CreateRoot() => new QueryCommand()._command;

    private static Option<int> CreateCount(string name, string description, int defaultValue) => new Option<int>(name)
    {
        Description = description,
        DefaultValueFactory = _ => defaultValue,
    }.Require(value => value >= 1, "at least 1");

    private IWorkload CreateWorkload(ParseResult parsed)
    {
        if (_vectors.Read(parsed) is (var documentFile, { } queryFile))
        {
            return new VectorFileWorkload(documentFile, queryFile, new ImpactScale(parsed.GetValue(_factor)));
        }

        int documents = parsed.GetValue(_documents), queries = parsed.GetValue(_queries);
        return parsed.GetValue(_workload) switch
        {
            "zipf" => new ZipfWorkload(documents, queries),
            "topic" => new TopicWorkload(documents, queries, offset: 100, exponent: 0.6),
            "dense-topic" => new TopicWorkload(documents, queries, offset: 10, exponent: 0.9),
            var other => throw new ArgumentException($"{other} is not a workload."),
        };
    }
}
