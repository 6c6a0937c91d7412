using Lucene.Net.Search;

namespace LuceneLsr.Tools.Catalog.Searching;

/// <summary>A search in the catalog.</summary>
/// <param name="Text">The query string, in Lucene's classic syntax.</param>
internal sealed record ProductRequest(string Text)
{
    /// <summary>Gets the category to search, or null for all.</summary>
    public string? Category { get; init; }

    /// <summary>Gets the maximum price, or null for any.</summary>
    public decimal? MaxPrice { get; init; }

    /// <summary>Gets the order of the hits.</summary>
    public ProductOrder Order { get; init; }

    /// <summary>Gets the maximum number of hits.</summary>
    public int PageSize { get; init; } = 10;

    /// <summary>
    /// Gets the last hit of the previous page, or null for the first page. If the catalog was refreshed since, the page
    /// may repeat or skip products.
    /// </summary>
    public ScoreDoc? After { get; init; }
}
