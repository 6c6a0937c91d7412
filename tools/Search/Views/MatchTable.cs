using LuceneLsr.Inspection;
using Spectre.Console;

namespace LuceneLsr.Tools.Search.Views;

/// <summary>Prints why a document matches a query.</summary>
internal static class MatchTable
{
    public static void Write(
        string query, string id, string? text, IReadOnlyList<MatchedTerm> terms, int top)
    {
        var matched = terms.Where(term => term.DocumentImpact > 0).ToList();
        var score = matched.Sum(term => term.Score);
        AnsiConsole.MarkupLineInterpolated(
            $"Document {id} has {matched.Count} of {terms.Count} terms of \"{query}\"; score {score}");
        if (text is null)
        {
            AnsiConsole.MarkupLine("[yellow]The index does not store its text, so its words are unknown.[/]");
        }

        if (matched.Count > 0)
        {
            var table = new Table().RoundedBorder().AddColumn("Term").AddColumn(new TableColumn("Score").NoWrap())
                .AddColumn(new TableColumn("Query").NoWrap()).AddColumn("From")
                .AddColumn(new TableColumn("Document").NoWrap()).AddColumn("From");
            foreach (var term in matched.Take(top))
            {
                table.AddRow(
                    Markup.Escape(term.Query.Term),
                    $"{term.Score} ({(double)term.Score / score:P0})",
                    FormatSide(term.QueryImpact, term.Query),
                    Markup.Escape(TermTable.FormatWord(query, term.Query.Word)),
                    FormatSide(term.DocumentImpact, term.Document),
                    Markup.Escape(TermTable.FormatWord(text, term.Document?.Word)));
            }

            AnsiConsole.Write(table);
        }

        var missing = terms.Where(term => term.DocumentImpact == 0).ToList();
        if (missing.Count > 0)
        {
            var names = missing.Take(top).Select(term => $"{term.Query.Term} {term.QueryImpact}");
            AnsiConsole.MarkupLineInterpolated($"Query terms that the document lacks: {string.Join(", ", names)}");
        }
    }

    private static string FormatSide(int impact, TermSource? source) =>
        $"{impact} {TermTable.FormatKind(source?.Kind)}".TrimEnd();
}
