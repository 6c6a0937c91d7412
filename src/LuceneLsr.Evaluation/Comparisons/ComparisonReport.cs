using System.Globalization;

namespace LuceneLsr.Evaluation.Comparisons;

/// <summary>Writes a <see cref="VersionComparison"/> as Markdown.</summary>
public static class ComparisonReport
{
    private const int ListedQueries = 10;

    /// <summary>Writes quality and cost of both versions, and the queries that change most.</summary>
    public static void Write(VersionComparison comparison, TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        ArgumentNullException.ThrowIfNull(writer);
        WriteVersions(comparison, writer);
        WriteLine(writer, $"");
        WriteLine(writer,
            $"Mean overlap of the top {comparison.Depth} of {comparison.Queries.Count} queries: {comparison.MeanOverlap:0%}");
        if (comparison.Ndcg is { } ndcg)
        {
            var (judged, improved, hurt) = (ndcg.Queries.Count, ndcg.Wins.Count(), ndcg.Losses.Count());
            WriteLine(writer,
                $"Of {judged} judged queries, {improved} improve, {hurt} get worse and {ndcg.Ties} stay.");
            WriteQueries(writer, "Worse", comparison.HurtQueries);
            WriteQueries(writer, "Better", comparison.ImprovedQueries);
        }
        else
        {
            WriteQueries(writer, "Changed most", comparison.Queries.Where(query => query.Overlap < 1)
                .OrderBy(query => query.Overlap));
        }
    }

    private static void WriteVersions(VersionComparison comparison, TextWriter writer)
    {
        var queries = comparison.Queries;
        WriteLine(writer, $"| per query | {comparison.Current.Field} | {comparison.Candidate.Field} |");
        WriteLine(writer, $"|---|---|---|");
        if (comparison.JudgedQueries.Any())
        {
            WriteRow(writer, $"nDCG@{comparison.Depth}", "F3", comparison.JudgedQueries, ranking => ranking.Ndcg!.Value);
        }

        WriteRow(writer, "terms", "F1", queries, ranking => ranking.Terms);
        WriteRow(writer, "postings", "N0", queries, ranking => ranking.Postings);
        WriteRow(writer, "ms, encoding and search", "F2", queries, ranking => ranking.Time.TotalMilliseconds);
    }

    private static void WriteRow(
        TextWriter writer, string name, string format, IEnumerable<QueryComparison> queries,
        Func<VersionRanking, double> getValue)
    {
        var current = queries.Average(query => getValue(query.Current));
        var candidate = queries.Average(query => getValue(query.Candidate));
        WriteLine(writer, $"| {name} | {ToText(current, format)} | {ToText(candidate, format)} |");
    }

    private static void WriteQueries(TextWriter writer, string title, IEnumerable<QueryComparison> queries)
    {
        var listed = queries.Take(ListedQueries).ToList();
        if (listed.Count == 0)
        {
            return;
        }

        WriteLine(writer, $"");
        var isJudged = listed.TrueForAll(query => query.NdcgGain is not null);
        WriteLine(writer, $"| {title} | {(isJudged ? "nDCG | " : "")}overlap |");
        WriteLine(writer, $"|---|{(isJudged ? "---|" : "")}---|");
        foreach (var query in listed)
        {
            var gain = isJudged ? $"{ToText(query.NdcgGain!.Value, "+0.000;-0.000;0.000")} | " : "";
            WriteLine(writer, $"| {Escape(query.Query.Text)} | {gain}{query.Overlap:0%} |");
        }
    }

    private static string ToText(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);

    private static string Escape(string text) => text.ReplaceLineEndings(" ").Replace("|", "\\|", StringComparison.Ordinal);

    private static void WriteLine(TextWriter writer, FormattableString line) =>
        writer.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
