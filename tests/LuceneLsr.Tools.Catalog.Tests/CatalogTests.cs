using Lucene.Net.QueryParsers.Classic;
using LuceneLsr.TestSupport;
using LuceneLsr.Tools.Catalog.Products;
using LuceneLsr.Tools.Catalog.Searching;

namespace LuceneLsr.Tools.Catalog.Tests;

/// <summary>What the catalog does for its users, before the swap (Lexical) and after it (Learned).</summary>
public abstract class CatalogTests : IDisposable
{
    private static readonly Product[] Products = [.. ProductFile.Read(ProductFile.BuiltIn)];

    private readonly TemporaryFolder _folder = new();
    private readonly EngineKind _kind;
    private CatalogSession _session;

    private protected CatalogTests(EngineKind kind)
    {
        _kind = kind;
        _session = new CatalogSession(kind, _folder.Path);
    }

    private ProductCatalog Catalog => _session.Catalog;

    public void Dispose()
    {
        _session.Dispose();
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void Search_word_of_a_title_finds_the_product_first() =>
        Assert.Equal("tent", Find(new("two-person tent"))[0]);

    [Fact]
    public void Search_category_finds_its_products_only()
    {
        var hits = Search(new("bicycle") { Category = "cycling" }).Hits;
        Assert.NotEmpty(hits);
        Assert.All(hits, hit => Assert.Equal("cycling", hit.Category));
    }

    [Fact]
    public void Search_up_to_price_finds_cheaper_products_only()
    {
        var all = Search(new("warm light") { PageSize = 100 });
        var cheap = Search(new("warm light") { PageSize = 100, MaxPrice = 50 });
        Assert.Equal(
            all.Hits.Where(hit => hit.Price <= 50).Select(hit => hit.Id), cheap.Hits.Select(hit => hit.Id));
        Assert.InRange(cheap.Total, 1, all.Total - 1);
    }

    [Fact]
    public void Search_counts_products_of_each_category()
    {
        var page = Search(new("warm light") { PageSize = 100 });
        Assert.Equal(page.Total, page.Hits.Count);
        Assert.Equal(
            page.Hits.CountBy(hit => hit.Category).OrderBy(category => category.Key),
            page.Categories.Where(category => category.Value > 0));
    }

    [Fact]
    public void Search_by_price_orders_from_cheap_to_expensive()
    {
        var prices = Search(new("bicycle") { Order = ProductOrder.Price }).Hits.Select(hit => hit.Price).ToArray();
        Assert.True(prices.Length > 1);
        Assert.Equal(prices.Order(), prices);
    }

    [Fact]
    public void Search_newest_orders_from_latest_to_oldest()
    {
        var added = Products.ToDictionary(product => product.Id, product => product.Added);
        var dates = Find(new("bicycle") { Order = ProductOrder.Newest }).Select(id => added[id]).ToArray();
        Assert.True(dates.Length > 1);
        Assert.Equal(dates.OrderDescending(), dates);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Search_page_after_page_finds_all_products_once(int order)
    {
        var request = new ProductRequest("warm light") { PageSize = 100, Order = (ProductOrder)order };
        var all = Find(request);
        request = request with { PageSize = 2 };
        var paged = new List<string>();
        for (var page = Search(request); page.Last is not null; page = Search(request with { After = page.Last }))
        {
            paged.AddRange(page.Hits.Select(hit => hit.Id));
        }

        Assert.Equal(all, paged);
    }

    [Fact]
    public void Search_marks_words_of_the_query_in_snippets()
    {
        var hit = Search(new("espresso")).Hits.Single(hit => hit.Id == "espresso-machine");
        Assert.StartsWith("<B>Espresso</B> machine", hit.Snippet, StringComparison.Ordinal);
    }

    [Fact]
    public void Search_text_with_markup_escapes_it_in_snippets()
    {
        Catalog.Save(new("evil", "Espresso", "<script>alert(1)</script>", 1, default, "kitchen"));
        Catalog.Refresh();
        var hit = Search(new("espresso")).Hits.Single(hit => hit.Id == "evil");
        Assert.DoesNotContain("<script>", hit.Snippet, StringComparison.Ordinal);
    }

    [Fact]
    public void Explain_product_names_terms_and_unknown_product_has_none()
    {
        Assert.Contains("body:espresso", Catalog.Explain("espresso", "espresso-machine"), StringComparison.Ordinal);
        Assert.Null(Catalog.Explain("espresso", "unknown"));
    }

    [Fact]
    public void Search_other_field_in_classic_syntax_finds_titles() =>
        Assert.Equal(["kettle"], Find(new("title:kettle")));

    [Fact]
    public void Save_product_again_replaces_it_after_refresh()
    {
        Catalog.Save(Products[0] with { Title = "Zither", Body = "A zither." });
        Assert.Empty(Find(new("title:zither")));
        Catalog.Refresh();
        Assert.Equal([Products[0].Id], Find(new("title:zither")));
        Assert.Empty(Find(new("title:saw")));
    }

    [Fact]
    public void Delete_product_and_category_remove_them_after_refresh()
    {
        Catalog.Delete("tent");
        Catalog.DeleteCategory("cycling");
        Catalog.Refresh();
        Assert.DoesNotContain("tent", Find(new("tent") { PageSize = 100 }));
        Assert.Empty(Find(new("category:cycling")));
        Assert.Equal(0, Search(new("bicycle")).Categories.GetValueOrDefault("cycling"));
    }

    [Fact]
    public void Search_malformed_query_throws() =>
        Assert.Throws<ParseException>(() => Search(new("title:(")));

    [Fact]
    public void Commit_survives_a_restart()
    {
        Catalog.Save(Products[0] with { Id = "new", Title = "Zither", Body = "A zither." });
        Catalog.Commit();
        _session.Dispose();
        _session = new CatalogSession(_kind, _folder.Path);
        Assert.Equal(["new"], Find(new("title:zither")));
    }

    [Fact]
    public void Suggest_prefix_returns_titles_with_it() =>
        Assert.Equal(["Espresso machine"], Catalog.Suggest("Esp", 5));

    [Fact]
    public void Open_catalog_that_is_open_throws() => Assert.Throws<Lucene.Net.Store.LockObtainFailedException>(
        () => new CatalogSession(_kind, _folder.Path));

    private protected ProductPage Search(ProductRequest request) => Catalog.Search(request);

    private protected string[] Find(ProductRequest request) => [.. Search(request).Hits.Select(hit => hit.Id)];
}
