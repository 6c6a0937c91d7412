using System.Diagnostics;
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
    private static readonly string BuiltInCheckpoint = Path.Combine(AppContext.BaseDirectory, "english");

    private readonly Stack<IDisposable> _owned = new(); // closed in reverse order

    /// <summary>Opens a catalog. A new one gets the products that come with the program.</summary>
    /// <param name="kind">The way to search.</param>
    /// <param name="folder">The folder of the index; created if it does not exist.</param>
    /// <param name="checkpoint">The new encoder, if <paramref name="kind"/> is
    /// <see cref="EngineKind.Upgraded"/>.</param>
    /// <exception cref="LockObtainFailedException">Another process, or another session, has the catalog
    /// open.</exception>
    public CatalogSession(EngineKind kind, string folder, string? checkpoint = null)
    {
        try
        {
            // Lucene.NET's own lock does not hold between processes on Linux.
            var directory = Own(FSDirectory.Open(folder, new ExclusiveLockFactory()));
            var isNew = !DirectoryReader.IndexExists(directory);
            var engine = Own(CreateEngine(kind, checkpoint));
            Catalog = Own(new ProductCatalog(directory, engine));
            Upgrade = engine is Upgraded.CatalogEngine upgraded ? new CatalogUpgrade(Catalog, upgraded) : null;
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

    /// <summary>Gets the upgrade of the catalog, or null if it has one encoder.</summary>
    public CatalogUpgrade? Upgrade { get; }

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

    private ICatalogEngine CreateEngine(EngineKind kind, string? checkpoint) => kind switch
    {
        EngineKind.Lexical => new Lexical.CatalogEngine(),
        EngineKind.Learned => new Learned.CatalogEngine(Load(BuiltInCheckpoint)),
        EngineKind.Upgraded => new Upgraded.CatalogEngine(
            Load(BuiltInCheckpoint), Load(checkpoint ?? throw new ArgumentNullException(nameof(checkpoint)))),
        _ => throw new UnreachableException(),
    };

    private LsrAnalyzer Load(string checkpoint)
    {
        var encoder = Own(OnnxSparseEncoder.Load(checkpoint));
        return Own(new LsrAnalyzer(encoder, encoder.Settings.ImpactScale));
    }

    private T Own<T>(T owned)
        where T : IDisposable
    {
        _owned.Push(owned);
        return owned;
    }
}
