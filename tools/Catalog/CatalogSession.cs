using Lucene.Net.Index;
using Lucene.Net.Store;
using LuceneLsr.Analysis;
using LuceneLsr.Indexing;
using LuceneLsr.Onnx;
using LuceneLsr.Tools.Catalog.Engines;
using LuceneLsr.Tools.Catalog.Products;

namespace LuceneLsr.Tools.Catalog;

/// <summary>An open catalog, and what must be closed with it.</summary>
internal sealed class CatalogSession : IDisposable
{
    private readonly Stack<IDisposable> _owned = new(); // closed in reverse order

    /// <summary>Opens a catalog. A new one gets the products that come with the program.</summary>
    /// <param name="kind">The way to search.</param>
    /// <param name="folder">The folder of the index; created if it does not exist.</param>
    /// <exception cref="LockObtainFailedException">Another process, or another session, has the catalog
    /// open.</exception>
    public CatalogSession(EngineKind kind, string folder)
    {
        try
        {
            // Lucene.NET's own lock does not hold between processes on Linux.
            var directory = Own(FSDirectory.Open(folder, new ExclusiveLockFactory()));
            var isNew = !DirectoryReader.IndexExists(directory);
            Catalog = Own(new ProductCatalog(directory, Own(CreateEngine(kind))));
            if (isNew)
            {
                AddProducts();
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Gets the catalog.</summary>
    public ProductCatalog Catalog { get; }

    public void Dispose()
    {
        while (_owned.TryPop(out var owned))
        {
            owned.Dispose();
        }
    }

    private void AddProducts()
    {
        foreach (var product in ProductFile.Read(ProductFile.BuiltIn))
        {
            Catalog.Save(product);
        }

        Catalog.Commit();
        Catalog.Refresh();
    }

    private ICatalogEngine CreateEngine(EngineKind kind)
    {
        if (kind == EngineKind.Lexical)
        {
            return new Lexical.CatalogEngine();
        }

        var encoder = Own(OnnxSparseEncoder.Load(Path.Combine(AppContext.BaseDirectory, "english")));
        return new Learned.CatalogEngine(Own(new LsrAnalyzer(encoder, encoder.Settings.ImpactScale)));
    }

    private T Own<T>(T owned)
        where T : IDisposable
    {
        _owned.Push(owned);
        return owned;
    }
}
