using System.CommandLine;
using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Tools.Common.Options;

namespace LuceneLsr.Tools.Benchmarks.Workloads;

/// <summary>The options that choose a workload and how often its queries are timed.</summary>
internal sealed class WorkloadOptions
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

    private readonly VectorFileOptions _vectors;

    /// <summary>Adds the options to a command.</summary>
    public WorkloadOptions(Command command)
    {
        _workload.Accept("zipf", "topic", "dense-topic");
        foreach (var option in new Option[] { _workload, _documents, _queries, _rounds, _factor })
        {
            command.Add(option);
        }

        _vectors = new VectorFileOptions(command, replaced: "synthetic vectors");
        _vectors.Exclude(command, _workload, _documents, _queries);
    }

    /// <summary>Gets the number of timed runs of each query.</summary>
    public int GetRounds(ParseResult parsed) => parsed.GetValue(_rounds);

    /// <summary>Names the documents of the workload: the law and number, or the file.</summary>
    public string DescribeDocuments(ParseResult parsed) => _vectors.Read(parsed) is (var documentFile, { })
        ? documentFile
        : $"{parsed.GetValue(_documents)} {parsed.GetValue(_workload)}";

    /// <summary>Creates the workload.</summary>
    public IWorkload CreateWorkload(ParseResult parsed)
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

    private static Option<int> CreateCount(string name, string description, int defaultValue) => new Option<int>(name)
    {
        Description = description,
        DefaultValueFactory = _ => defaultValue,
    }.Require(value => value >= 1, "at least 1");
}
