using Lucene.Net.Index;
using Lucene.Net.QueryParsers.Classic;
using Lucene.Net.Search;
using LuceneLsr.Tools.Catalog.Engines;
using LuceneLsr.Tools.Catalog.Products;
using LuceneLsr.Tools.Catalog.Searching;

namespace LuceneLsr.Tools.Catalog;

/// <summary>A catalog of products that is searched while it is changed.</summary>
internal sealed class ProductCatalog : IDisposable
{
    private readonly ICatalogEngine _engine;
    private readonly SearcherManager _searchers;

    /// <summary>Opens or creates the catalog.</summary>
    /// <param name="directory">The directory of the index.</param>
    /// <param name="engine">Indexes texts and parses queries. The caller owns it.</param>
    public ProductCatalog(Lucene.Net.Store.Directory directory, ICatalogEngine engine)
    {
        _engine = engine;
        Writer = engine.CreateWriter(directory);
        try
        {
            _searchers = new SearcherManager(
                Writer, applyAllDeletes: true, new SimilarityFactory(engine.Similarity));
        }
        catch
        {
            Writer.Rollback();
            throw;
        }
    }

    /// <summary>Gets the writer of the index.</summary>
    public IndexWriter Writer { get; }

    /// <summary>Adds a product, or replaces the one with its id.</summary>
    public void Save(Product product) =>
        Writer.UpdateDocument(ProductFields.IdTerm(product.Id), ProductFields.ToDocument(product));

    /// <summary>Deletes a product.</summary>
    public void Delete(string id) => Writer.DeleteDocuments(ProductFields.IdTerm(id));

    /// <summary>Deletes all products of a category.</summary>
    public void DeleteCategory(string category) =>
        Writer.DeleteDocuments(new TermQuery(new Term(ProductFields.Category, category)));

    /// <summary>Makes all changes visible to searches.</summary>
    public void Refresh() => _searchers.MaybeRefreshBlocking();

    /// <summary>Makes all changes durable.</summary>
    public void Commit() => Writer.Commit();

    /// <summary>Searches the catalog.</summary>
    /// <exception cref="ParseException">The query string is not valid.</exception>
    public ProductPage Search(ProductRequest request) =>
        WithSearcher(searcher =>
            new ProductSearch(searcher, _engine.Parse(searcher.IndexReader, request.Text)).Search(request));

    /// <summary>Explains the score of a product, or returns null if there is no such product.</summary>
    public string? Explain(string text, string id) => WithSearcher(searcher =>
        searcher.Search(new TermQuery(ProductFields.IdTerm(id)), 1).ScoreDocs is [var product]
            ? searcher.Explain(_engine.Parse(searcher.IndexReader, text), product.Doc).ToString()
            : null);

    /// <summary>Returns titles with a word that starts with a prefix.</summary>
    public IReadOnlyList<string> Suggest(string prefix, int count) =>
        WithSearcher(searcher => TitleSuggestions.Find(searcher, prefix, count));

    public void Dispose()
    {
        _searchers.Dispose();
        Writer.Dispose();
    }

    /// <summary>Uses the current searcher.</summary>
    public T WithSearcher<T>(Func<IndexSearcher, T> use)
    {
        var searcher = _searchers.Acquire();
        try
        {
            return use(searcher);
        }
        finally
        {
            _searchers.Release(searcher);
        }
    }

    private sealed class SimilarityFactory(Lucene.Net.Search.Similarities.Similarity similarity) : SearcherFactory
    {
        public override IndexSearcher NewSearcher(IndexReader reader) => new(reader) { Similarity = similarity };
    }
}
