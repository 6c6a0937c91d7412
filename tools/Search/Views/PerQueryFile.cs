using System.CommandLine;
using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using LuceneLsr.Evaluation.Metrics;
using LuceneLsr.Evaluation.Runs;
using LuceneLsr.Tools.Search.Options;
using Spectre.Console;

namespace LuceneLsr.Tools.Search.Views;

/// <summary>Writes the metrics of each query of some runs: a header, then a line per run and query.</summary>
internal static class PerQueryFile
{
    public static Option<string?> CreateOption() => new("--per-query")
    {
        Description = "File to write the metrics of each judged query to: CSV, or TSV if its name ends in .tsv.",
        HelpName = "FILE",
    };

    /// <summary>Writes the file, if one is given.</summary>
    public static void Write(
        string? path, IReadOnlyList<RankingMetric> metrics, IEnumerable<(string Name, Run Run)> runs,
        JudgedCollection judged)
    {
        if (path is null)
        {
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var isTsv = path.EndsWith(".tsv", StringComparison.OrdinalIgnoreCase);
        using var writer = new CsvWriter(
            new StreamWriter(path),
            new CsvConfiguration(CultureInfo.InvariantCulture) { Delimiter = isTsv ? "\t" : ",", NewLine = "\n" });
        WriteRow(writer, ["run", "query_id", .. metrics.Select(metric => $"{metric}"), "text"]);
        foreach (var (name, run) in runs)
        {
            foreach (var queryId in judged.Qrels.QueryIds)
            {
                var (ranking, grades) = (run.GetRanking(queryId), judged.Qrels.GetGrades(queryId));
                WriteRow(writer, [name, queryId, .. metrics.Select(metric => Format(metric.Score(ranking, grades))),
                    judged.GetText(queryId)]);
            }
        }

        AnsiConsole.MarkupLineInterpolated($"Wrote {path}.");
    }

    private static string Format(double value) => value.ToString("0.######", CultureInfo.InvariantCulture);

    private static void WriteRow(CsvWriter writer, IEnumerable<string> fields)
    {
        foreach (var field in fields)
        {
            writer.WriteField(field);
        }

        writer.NextRecord();
    }
}
