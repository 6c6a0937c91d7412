using Lucene.Net.Search;

namespace LuceneLsr.Tools.Catalog.Searching;

/// <summary>A page of hits.</summary>
/// <param name="Total">The number of matching products on all pages.</param>
/// <param name="Hits">The hits of this page.</param>
/// <param name="Categories">The number of matching products of each category, whatever category was asked for.</param>
/// <param name="Last">The last hit, from which the next page goes on, or null if the page is empty.</param>
internal sealed record ProductPage(
    int Total, IReadOnlyList<ProductHit> Hits, IReadOnlyDictionary<string, int> Categories, ScoreDoc? Last);
