using LuceneLsr.Edits;
using LuceneLsr.Tools.Common.Output;
using Spectre.Console;

namespace LuceneLsr.Tools.Search.Views;

/// <summary>Prints relevance rules.</summary>
internal static class RulesView
{
    public static void Write(IReadOnlyList<RelevanceRule> rules)
    {
        if (rules.Count == 0)
        {
            AnsiConsole.WriteLine("no rules");
            return;
        }

        var table = new Table().RoundedBorder().AddColumns("Id", "Rule", "Field", "State", "Date", "Author", "Note");
        foreach (var rule in rules)
        {
            string[] cells =
            [
                rule.Id, Describe(rule), rule.Field ?? "all", rule.IsEnabled ? "enabled" : "disabled",
                $"{rule.Date:yyyy-MM-dd}", rule.Author ?? "", rule.Note ?? "",
            ];
            table.AddRow([.. cells.Select(Markup.Escape)]);
        }

        WideTable.Write(table);
    }

    private static string Describe(RelevanceRule rule)
    {
        var term = rule.Word is null || rule.Word == rule.Term ? rule.Term : $"{rule.Word} (term {rule.Term})";
        return rule switch
        {
            QueryRule { Factor: 0 } query => $"queries with {GetText(query)}: never match {term}",
            QueryRule query => $"queries with {GetText(query)}: {term} {rule.Effect}",
            DocumentRule document => $"document {document.DocumentId}: {term} {rule.Effect}",
            _ => throw new ArgumentException($"Rule '{rule.Id}' is of an unknown kind.", nameof(rule)),
        };
    }

    private static string GetText(QueryRule rule) => rule.QueryText ?? string.Join(" and ", rule.QueryTerms);
}
