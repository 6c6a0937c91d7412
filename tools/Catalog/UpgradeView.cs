using LuceneLsr.Evaluation.Comparisons;
using LuceneLsr.Tools.Catalog.Products;
using LuceneLsr.Upgrades;

namespace LuceneLsr.Tools.Catalog;

/// <summary>Runs an upgrade and prints its progress and its report.</summary>
internal static class UpgradeView
{
    public static async Task RunAsync(
        CatalogUpgrade upgrade, string workFolder, double maxPerSecond, CancellationToken cancellationToken)
    {
        await upgrade.EncodeAsync(workFolder, maxPerSecond, new Printer(), cancellationToken).ConfigureAwait(false);
        if (!upgrade.HasFormer)
        {
            Console.WriteLine("The catalog has the vectors of the new encoder only.");
            return;
        }

        SampleQuery[] queries = [.. ProductFile.ReadQueries(ProductFile.BuiltInQueries)];
        ComparisonReport.Write(upgrade.Compare(queries), Console.Out);
    }

    private sealed class Printer : IProgress<EncoderUpgradeProgress>
    {
        public void Report(EncoderUpgradeProgress value) => Console.Error.WriteLine(
            $"{value.EncodedDocuments} products encoded, at most {value.RemainingDocuments} left");
    }
}
