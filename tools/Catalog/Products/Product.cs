namespace LuceneLsr.Tools.Catalog.Products;

/// <summary>A product of the catalog.</summary>
/// <param name="Id">The product's number, unique in the catalog.</param>
/// <param name="Title">The title.</param>
/// <param name="Body">The description.</param>
/// <param name="Price">The price.</param>
/// <param name="Added">The day on which the product was added to the range.</param>
/// <param name="Category">The category.</param>
internal sealed record Product(
    string Id, string Title, string Body, decimal Price, DateOnly Added, string Category);
