using System.CommandLine;
using Lucene.Net.Codecs;
using LuceneLsr.Codecs.Impact;
using LuceneLsr.Tools.Benchmarks.Queries;
using LuceneLsr.Tools.Benchmarks.Workloads;
using LuceneLsr.Tools.Common;
using LuceneLsr.Tools.Common.Options;

namespace LuceneLsr.Tools.Benchmarks.Scale;

/// <summary>The command <c>scale</c>: times a large index, cold and warm.</summary>
internal static class ScaleCommand
{
    private const int DefaultSegments = 30;

    private static readonly Option<string> Index = DirectoryOption.Create(
        "--index", "The index. It is written first if the directory is new or empty, and kept.");

    private static readonly Option<string> CodecName = new Option<string>("--codec")
    {
        Description = "The codec that writes and merges: impact, compact or default.",
        DefaultValueFactory = _ => "impact",
    }.Accept("impact", "compact", "default");

    private static readonly Option<int[]> Segments = new Option<int[]>("--segments")
    {
        Description = "Numbers of segments, from many to few: one to write a new index with (default 30), and those to "
            + "merge it to. Queries are timed before and after each merge.",
        AllowMultipleArgumentsPerToken = true,
    }.Require(
        counts => counts!.All(count => count >= 1) && counts!.SequenceEqual(counts!.Order().Reverse()),
        "numbers of at least 1, from many to few");

    private static readonly Option<bool> Delete = new("--delete-fifth")
    {
        Description = "Delete a fifth of the documents before the queries are timed.",
    };

    public static Command Create()
    {
        var command = new Command(
            "scale",
            "Write an index of any size, segment by segment, merge it, delete from it, and time queries on it: after "
            + "the files are removed from the page cache, and then again and again.");
        foreach (var option in new Option[] { Index, CodecName, Segments, Delete })
        {
            command.Add(option);
        }

        var workload = new WorkloadOptions(command);
        command.SetWork((parsed, cancellation) => Run(parsed, workload, cancellation));
        return command;
    }

    private static void Run(ParseResult parsed, WorkloadOptions options, CancellationToken cancellation)
    {
        var workload = options.CreateWorkload(parsed);
        workload.RequireTerms();
        var codec = CreateCodec(parsed.GetValue(CodecName));
        var documents = options.DescribeDocuments(parsed);
        var index = new ScaleIndex(parsed.GetRequiredValue(Index), codec, documents);
        var search = new ScaleSearch(index, workload.Queries(), options.GetRounds(parsed), cancellation);
        var counts = parsed.GetValue(Segments)!;
        if (!index.Exists())
        {
            var segments = counts.FirstOrDefault(DefaultSegments);
            NewDirectory.Write(index.Path, path =>
                new ScaleIndex(path, codec, documents).Write(workload, segments, cancellation));
        }

        if (parsed.GetValue(Delete))
        {
            index.DeleteFifth();
        }

        search.Run();
        foreach (var count in counts.SkipWhile(count => count >= index.CountSegments()))
        {
            index.Merge(count);
            search.Run();
        }
    }

    private static Codec? CreateCodec(string? name) => name switch
    {
        "default" => null,
        "compact" => new ImpactCodec(new ImpactPostingsFormat(isCompact: true), WorkloadIndex.Field),
        _ => new ImpactCodec(WorkloadIndex.Field),
    };
}
