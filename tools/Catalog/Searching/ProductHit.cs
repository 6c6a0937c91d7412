namespace LuceneLsr.Tools.Catalog.Searching;

/// <summary>A product that was found.</summary>
/// <param name="Id">The product's number.</param>
/// <param name="Title">The title.</param>
/// <param name="Price">The price.</param>
/// <param name="Category">The category.</param>
/// <param name="Snippet">The best passage of the description as HTML, with the words of the query in bold.</param>
internal sealed record ProductHit(string Id, string Title, decimal Price, string Category, string Snippet);
