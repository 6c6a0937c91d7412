using LuceneLsr.Evaluation.Comparisons;
using LuceneLsr.Evaluation.Runs;
using LuceneLsr.Tools.Search.Options;
using Spectre.Console;

namespace LuceneLsr.Tools.Search.Views;

/// <summary>Prints what a rule would change.</summary>
internal sealed class TrialView(VersionComparison comparison, JudgedCollection judged)
{
    private readonly RunComparisonView _runs = new(
        new RunFile("before", CreateRun(comparison, query => query.Current)),
        new RunFile("after", CreateRun(comparison, query => query.Candidate)), judged);

    /// <summary>Prints the metrics, and the queries of each kind that change most.</summary>
    public void Write(int count)
    {
        var changed = comparison.ChangedQueries.Count();
        AnsiConsole.WriteLine($"{changed} of {comparison.Queries.Count} queries change in the top {comparison.Depth}, "
            + $"mean overlap {comparison.MeanOverlap:P1}");
        if (comparison.Ndcg is { } ndcg)
        {
            _runs.WriteMetrics([ndcg]);
            _runs.WriteQueries(ndcg, count);
        }

        foreach (var query in comparison.ChangedQueries.Where(query => query.NdcgGain is null or 0)
            .OrderBy(query => query.Overlap).Take(count))
        {
            AnsiConsole.WriteLine();
            AnsiConsole.MarkupLineInterpolated($"[bold]{query.Query.Id}[/] {query.Query.Text}");
            AnsiConsole.MarkupLineInterpolated(
                $"{(query.NdcgGain is null ? "not judged" : "same nDCG")}, overlap {query.Overlap:P0}");
            _runs.WriteMoves(query.Query.Id, comparison.Depth);
        }
    }

    private static Run CreateRun(VersionComparison comparison, Func<QueryComparison, VersionRanking> getRanking) =>
        new(comparison.Queries.Select(query => KeyValuePair.Create(query.Query.Id, getRanking(query).Hits)));
}
