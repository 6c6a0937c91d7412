namespace LuceneLsr.Tools.Catalog.Products;

/// <summary>A query with the products that fit.</summary>
/// <param name="Text">The query, which no other query has.</param>
/// <param name="Grades">By product number, 2 for a product that fits and 1 for one that may do.</param>
internal sealed record SampleQuery(string Text, IReadOnlyDictionary<string, int> Grades);
