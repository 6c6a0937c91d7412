using LuceneLsr.Evaluation.Collections;
using LuceneLsr.Evaluation.Runs;
using Spectre.Console;

namespace LuceneLsr.Tools.Search.Options;

/// <summary>A run from a file, named after it.</summary>
/// <param name="Name">The name, unique among the runs of a command.</param>
/// <param name="Run">The run.</param>
internal sealed record RunFile(string Name, Run Run)
{
    /// <summary>Reads runs of judged queries, and reports the queries that are not judged or not in a run.</summary>
    /// <exception cref="InvalidDataException">A file is not a run, or none of its queries is judged.</exception>
    public static IReadOnlyList<RunFile> ReadAll(IReadOnlyList<string> paths, Qrels qrels)
    {
        string[] names = [.. paths.Select(path => Path.GetFileNameWithoutExtension(path))];
        var areUnique = names.Distinct(StringComparer.Ordinal).Count() == names.Length;
        return [.. paths.Zip(areUnique ? names : paths, (path, name) => Read(path, name, qrels))];
    }

    private static RunFile Read(string path, string name, Qrels qrels)
    {
        var run = TrecRunFile.Read(path);
        var judged = qrels.QueryIds.Intersect(run.QueryIds, StringComparer.Ordinal).Count();
        if (judged == 0)
        {
            throw new InvalidDataException(
                $"{path}: none of its queries is judged. The judgments may belong to another collection.");
        }

        Report(qrels.QueryIds.Count - judged, $"judged queries are not in {path} and count as 0");
        Report(run.QueryIds.Count - judged, $"queries of {path} are not judged and are ignored");
        return new(name, run);
    }

    private static void Report(int queries, string problem)
    {
        if (queries > 0)
        {
            AnsiConsole.MarkupLineInterpolated($"[yellow]{queries:N0} {problem}.[/]");
        }
    }
}
