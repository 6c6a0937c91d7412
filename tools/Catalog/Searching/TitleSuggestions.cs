using Lucene.Net.Index;
using Lucene.Net.Search;
using LuceneLsr.Tools.Catalog.Products;

namespace LuceneLsr.Tools.Catalog.Searching;

/// <summary>Completes the words of titles.</summary>
internal static class TitleSuggestions
{
    public static IReadOnlyList<string> Find(IndexSearcher searcher, string prefix, int count)
    {
        var query = new PrefixQuery(new Term(ProductFields.Title, prefix.ToLowerInvariant()));
        var hits = searcher.Search(query, count).ScoreDocs;
        return [.. hits.Select(hit => searcher.Doc(hit.Doc).Get(ProductFields.Title))];
    }
}
