using Lucene.Net.Search;
using LuceneLsr.Evaluation.Rankers;
using Spectre.Console;

namespace LuceneLsr.Tools.Search.Views;

/// <summary>Prints ranked results as a table with the terms that contribute most to each score.</summary>
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
                Markup.Escape(FormatMatchedTerms(searcher.Explain(query, hit.Doc))));
        }

        AnsiConsole.Write(table);
    }

    private static string FormatMatchedTerms(Explanation explanation) => string.Join("  ", FindProducts(explanation)
        .OrderByDescending(product => product.Value).Take(TermsShown)
        .Select(product => $"{GetTerm(product)} {product.Value:F0}"));

    // The leaves of an explanation are the query weight and the impact of a term, their parent is the product.
    private static IEnumerable<Explanation> FindProducts(Explanation node)
    {
        var details = node.GetDetails() ?? [];
        return details.Length == 2 && details.All(detail => detail.GetDetails() is null)
            ? [node]
            : details.SelectMany(FindProducts);
    }

    private static string GetTerm(Explanation product) =>
        product.Description.Split(':', 2)[^1].Split(',')[0];
}
