using LuceneLsr.Evaluation.Comparisons;
using LuceneLsr.Files;
using LuceneLsr.Tools.Common.Output;
using LuceneLsr.Tools.Search.Options;
using Spectre.Console;

namespace LuceneLsr.Tools.Search.Views;

/// <summary>Prints the comparison of two runs.</summary>
internal sealed class RunComparisonView(RunFile first, RunFile second, JudgedCollection judged)
{
    private const int ListedDocuments = 5; // per query
    private const int MaxTextLength = 60;

    private readonly string _first = Markup.Escape(first.Name);
    private readonly string _second = Markup.Escape(second.Name);

    /// <summary>Prints a row per metric.</summary>
    public void WriteMetrics(IEnumerable<MetricComparison> comparisons)
    {
        var table = new Table().RoundedBorder()
            .AddColumns("Metric", _first, _second, "Difference", "Better", "Worse", "Same", "p");
        foreach (var comparison in comparisons)
        {
            table.AddRow(
                $"{comparison.Metric}", $"{comparison.FirstMean:F4}", $"{comparison.SecondMean:F4}",
                FormatGain(comparison.SecondMean - comparison.FirstMean), $"{comparison.Wins.Count()}",
                $"{comparison.Losses.Count()}", $"{comparison.Ties}", PValue.Format(comparison.PValue));
        }

        WideTable.Write(table);
    }

    /// <summary>Prints the queries that lose and gain most, with the documents that moved.</summary>
    public void WriteQueries(MetricComparison comparison, int count)
    {
        foreach (var query in comparison.Losses.Take(count).Concat(comparison.Wins.Take(count)))
        {
            AnsiConsole.WriteLine();
            AnsiConsole.MarkupLineInterpolated($"[bold]{query.QueryId}[/] {judged.GetText(query.QueryId)}");
            AnsiConsole.MarkupLineInterpolated(
                $"{comparison.Metric} {query.First:F4} -> {query.Second:F4} ({FormatGain(query.Gain)})");
            WriteMoves(query.QueryId, comparison.Metric.Cutoff);
        }
    }

    /// <summary>Prints the documents that moved in the first ranks of a query.</summary>
    public void WriteMoves(string queryId, int depth)
    {
        var moves = DocumentMove.Find(
            first.Run.GetRanking(queryId), second.Run.GetRanking(queryId), judged.GetGrades(queryId), depth);
        var table = new Table().RoundedBorder().AddColumns("Document", "Grade", _first, _second, "Title");
        foreach (var move in moves.Take(ListedDocuments))
        {
            table.AddRow(
                Markup.Escape(move.DocumentId), Format(move.Grade), Format(move.FirstRank), Format(move.SecondRank),
                Markup.Escape(TextExcerpt.Shorten(judged.GetTitle(move.DocumentId), MaxTextLength)));
        }

        WideTable.Write(table);
    }

    private static string FormatGain(double gain) => $"{gain:+0.0000;-0.0000;0.0000}";

    private static string Format(int? value) => value is { } number ? $"{number}" : "-";
}
