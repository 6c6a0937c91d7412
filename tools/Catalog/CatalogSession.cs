using Lucene.Net.Store;
using LuceneLsr.Analysis;
using LuceneLsr.Indexing;
using LuceneLsr.Onnx;
using LuceneLsr.Tools.Catalog.Engines;
using LuceneLsr.Tools.Catalog.Products;

namespace LuceneLsr.Tools.Catalog;

/// <summary>An open catalog of the products that come with the program, and what must be closed with it.</summary>
internal sealed class CatalogSession : IDisposable
{
    private readonly Stack<IDisposable> _owned = new(); // closed in reverse order

    private CatalogSession(EngineKind kind, string folder)
    {
        // Lucene.NET's own lock does not hold between processes on Linux.
        var directory = Own(FSDirectory.Open(folder, new ExclusiveLockFactory()));
        var engine = Own(kind == EngineKind.Lexical ? new Lexical.CatalogEngine() : CreateLearnedEngine());
        Catalog = Own(new ProductCatalog(directory, engine));
    }

    /// <summary>Gets the catalog.</summary>
    public ProductCatalog Catalog { get; }

    /// <summary>Opens a catalog and saves the products in it.</summary>
    /// <param name="kind">The way to search.</param>
    /// <param name="folder">The folder of the index; created if it does not exist.</param>
    public static CatalogSession Open(EngineKind kind, string folder)
    {
        var session = new CatalogSession(kind, folder);
        foreach (var product in ProductFile.Read(ProductFile.BuiltIn))
        {
            session.Catalog.Save(product);
        }

        session.Catalog.Commit();
        session.Catalog.Refresh();
        return session;
    }

    public void Dispose()
    {
        while (_owned.TryPop(out var owned))
        {
            owned.Dispose();
        }
    }

    private ICatalogEngine CreateLearnedEngine()
    {
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
