using Lucene.Net.Index;
using LuceneLsr.Evaluation.Collections;
using LuceneLsr.Evaluation.Comparisons;
using LuceneLsr.Tools.Catalog.Products;
using LuceneLsr.Tools.Catalog.Upgraded;
using LuceneLsr.Upgrades;

namespace LuceneLsr.Tools.Catalog;

/// <summary>Replaces the encoder of a catalog that is in use, step by step.</summary>
/// <param name="catalog">The catalog.</param>
/// <param name="engine">Its engine.</param>
internal sealed class CatalogUpgrade(ProductCatalog catalog, CatalogEngine engine)
{
    /// <summary>Encodes all products with the new encoder, while the catalog is in use.</summary>
    public async Task EncodeAsync(
        string workFolder, double maxDocumentsPerSecond, IProgress<EncoderUpgradeProgress> progress,
        CancellationToken cancellationToken)
    {
        var upgrade = new EncoderUpgrade(catalog.Writer, new EncoderUpgradeOptions
        {
            Field = ProductFields.Body,
            NewField = CatalogEngine.NextBody,
            Analyzer = engine.Next,
            WorkFolder = workFolder,
            MaxDocumentsPerSecond = maxDocumentsPerSecond,
        });
        await upgrade.RunAsync(progress, cancellationToken).ConfigureAwait(false);
        catalog.Commit();
        catalog.Refresh();
    }

    /// <summary>Gets whether the catalog has the vectors of the former encoder.</summary>
    public bool HasFormer => catalog.WithSearcher(
        searcher => MultiFields.GetTerms(searcher.IndexReader, ProductFields.Body) is not null);

    /// <summary>Compares the searches of both encoders.</summary>
    public VersionComparison Compare(IReadOnlyCollection<SampleQuery> queries) => catalog.WithSearcher(
        searcher => VersionComparison.Compare(
            searcher, ProductFields.Id,
            new FieldVersion(ProductFields.Body, engine.Former.Encoder),
            new FieldVersion(CatalogEngine.NextBody, engine.Next.Encoder),
            queries.Select(query => new BeirQuery(query.Text, query.Text)),
            new Qrels(queries.SelectMany(query => query.Grades.Select(
                product => new Judgment(query.Text, product.Key, product.Value))))));

    /// <summary>Lets all later searches use the new encoder.</summary>
    public void Switch()
    {
        FieldVersions.Switch(catalog.Writer, ProductFields.Body, CatalogEngine.NextBody);
        catalog.Commit();
        catalog.Refresh();
    }

    /// <summary>Removes the former vectors after the switch. The catalog must have been opened after it.</summary>
    public void DropFormer(CancellationToken cancellationToken)
    {
        FieldVersions.Drop(catalog.Writer, ProductFields.Body, ProductFields.Body, cancellationToken);
        catalog.Commit();
        catalog.Refresh();
    }
}
