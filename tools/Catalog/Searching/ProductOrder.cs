namespace LuceneLsr.Tools.Catalog.Searching;

/// <summary>An order of hits.</summary>
internal enum ProductOrder
{
    /// <summary>By score.</summary>
    Relevance,

    /// <summary>From the lowest price to the highest.</summary>
    Price,

    /// <summary>From the latest product to the oldest.</summary>
    Newest,
}
