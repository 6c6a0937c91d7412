using System.Net;
using LuceneLsr.Tools.Catalog.Searching;
using Spectre.Console;

namespace LuceneLsr.Tools.Catalog;

/// <summary>Prints pages of hits.</summary>
internal static class CatalogView
{
    /// <summary>Searches page after page, each with <c>SearchAfter</c>, and prints them.</summary>
    public static void Write(ProductCatalog catalog, ProductRequest request, int pages)
    {
        for (var page = 1; page <= pages; page++)
        {
            var found = catalog.Search(request);
            if (page == 1)
            {
                WriteCategories(found);
            }

            WriteHits(found, page);
            if (found.Last is null)
            {
                return;
            }

            request = request with { After = found.Last };
        }
    }

    private static void WriteCategories(ProductPage found)
    {
        var categories = found.Categories.Where(category => category.Value > 0)
            .Select(category => $"{category.Key} {category.Value}");
        AnsiConsole.MarkupLineInterpolated($"{found.Total} products: {string.Join(", ", categories)}");
    }

    private static void WriteHits(ProductPage found, int page)
    {
        var table = new Table().RoundedBorder().Title($"Page {page}")
            .AddColumns("Product", "Price", "Category", "Snippet");
        foreach (var hit in found.Hits)
        {
            table.AddRow(
                new Text(hit.Title), new Text($"{hit.Price:F2}"), new Text(hit.Category), ToMarkup(hit.Snippet));
        }

        AnsiConsole.Write(table);
    }

    // Highlighted words are in <B>, everything else is escaped HTML.
    private static Markup ToMarkup(string snippet) => new(Markup.Escape(WebUtility.HtmlDecode(snippet))
        .Replace("<B>", "[bold]", StringComparison.Ordinal).Replace("</B>", "[/]", StringComparison.Ordinal));
}
