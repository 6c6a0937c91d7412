using Lucene.Net.Search;
using LuceneLsr.Evaluation.Rankers;
using Spectre.Console;

namespace LuceneLsr.Tools.Search.Views;

/// <summary>Ranked results as a table, each with the terms that earned its score.</summary>
internal static class ResultsView
{
    private const int TermsShown = 5;

    public static void Write(IndexSearcher searcher, Query query, TopDocs results)
    {
        if (results.ScoreDocs.Length == 0)
        {
            AnsiConsole.MarkupLine("[yellow]No document shares a term with this query.[/]");
            return;
        }

        var table = new Table().RoundedBorder()
            .AddColumns("#", "Score", "Document", "Title", "Matched terms (query weight x impact)");
        foreach (var (rank, hit) in results.ScoreDocs.Index())
        {
            var document = searcher.Doc(hit.Doc);
            table.AddRow(
                $"{rank + 1}",
                $"{hit.Score:F0}",
                Markup.Escape(document.Get(SparseIndex.IdField)),
                Markup.Escape(document.Get(SparseIndex.TitleField) ?? ""),
                Markup.Escape(MatchedTerms(searcher.Explain(query, hit.Doc))));
        }

        AnsiConsole.Write(table);
    }

    private static string MatchedTerms(Explanation explanation) => string.Join("  ", Products(explanation)
        .OrderByDescending(product => product.Value).Take(TermsShown)
        .Select(product => $"{TermOf(product)} {product.Value:F0}"));

    // Explain's leaves are a term's query weight and impact; their parent is the term's share of the score.
    private static IEnumerable<Explanation> Products(Explanation node)
    {
        var details = node.GetDetails() ?? [];
        return details.Length == 2 && details.All(detail => detail.GetDetails() is null)
            ? [node]
            : details.SelectMany(Products);
    }

    private static string TermOf(Explanation product) =>
        product.Description.Split(':', 2)[^1].Split(',')[0];
}
