using Lucene.Net.Index;
using Lucene.Net.Queries;
using Lucene.Net.Search;
using LuceneLsr.Tools.Catalog.Products;

namespace LuceneLsr.Tools.Catalog.Searching;

/// <summary>Runs one search: filters, order, paging, facets and snippets.</summary>
/// <param name="searcher">The searcher.</param>
/// <param name="query">The parsed query string.</param>
internal sealed class ProductSearch(IndexSearcher searcher, Query query)
{
    private static readonly Dictionary<ProductOrder, Sort> Sorts = new()
    {
        [ProductOrder.Price] = new Sort(
            new SortField(ProductFields.Price, SortFieldType.DOUBLE), SortField.FIELD_SCORE),
        [ProductOrder.Newest] = new Sort(
            new SortField(ProductFields.Added, SortFieldType.STRING, reverse: true), SortField.FIELD_SCORE),
    };

    public ProductPage Search(ProductRequest request)
    {
        var snippets = new Snippets(request.Text);
        var found = FindPage(request, CreateFilter(request.Category, request.MaxPrice));
        return new ProductPage(
            found.TotalHits,
            [.. found.ScoreDocs.Select(hit => ToHit(hit, snippets))],
            CountCategories(request.MaxPrice),
            found.ScoreDocs.LastOrDefault());
    }

    private TopDocs FindPage(ProductRequest request, Filter? filter) => Sorts.TryGetValue(request.Order, out var sort)
        ? searcher.SearchAfter(request.After, query, filter, request.PageSize, sort)
        : searcher.SearchAfter(request.After, query, filter, request.PageSize);

    private Dictionary<string, int> CountCategories(decimal? maxPrice)
    {
        var counts = new Dictionary<string, int>();
        var categories = MultiFields.GetTerms(searcher.IndexReader, ProductFields.Category)?.GetEnumerator();
        while (categories?.MoveNext() == true)
        {
            var category = categories.Term.Utf8ToString();
            var counter = new TotalHitCountCollector();
            searcher.Search(query, CreateFilter(category, maxPrice), counter);
            counts.Add(category, counter.TotalHits);
        }

        return counts;
    }

    private ProductHit ToHit(ScoreDoc hit, Snippets snippets)
    {
        var document = searcher.Doc(hit.Doc);
        return new ProductHit(
            document.Get(ProductFields.Id),
            document.Get(ProductFields.Title),
            (decimal)document.GetField(ProductFields.Price).GetDoubleValue()!.Value,
            document.Get(ProductFields.Category),
            snippets.Create(document.Get(ProductFields.Body)));
    }

    private static BooleanFilter? CreateFilter(string? category, decimal? maxPrice)
    {
        var filter = new BooleanFilter();
        if (category is not null)
        {
            filter.Add(ProductFields.OfCategory(category), Occur.MUST);
        }

        if (maxPrice is { } price)
        {
            filter.Add(ProductFields.UpToPrice(price), Occur.MUST);
        }

        return filter.Clauses.Count > 0 ? filter : null;
    }
}
