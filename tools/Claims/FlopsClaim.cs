using System.CommandLine;
using System.Globalization;
using LuceneLsr.Evaluation.Runs;
using LuceneLsr.Tools.Common;
using LuceneLsr.Torch;
using LuceneLsr.Training.Recipes;

namespace LuceneLsr.Tools.Claims;

/// <summary>
/// The weight of the FLOPS regularizer buys sparsity with effect (section 4): the same start and recipe under several
/// weights.
/// </summary>
internal static class FlopsClaim
{
    private const string Collection = "scifact";

    private static readonly double[] Weights = [1e-4, 1e-3, 1e-2, 1e-1];

    public static Command Command()
    {
        var command = new Command(
            "flops", "The FLOPS regularizer's weight against active terms, index size and nDCG@10.");
        var options = new ClaimOptions(command, "A lexical start: lsr-train init.", adapts: false);
        command.SetWork((parsed, cancellation) => Run(options.Read(parsed), cancellation));
        return command;
    }

    private static void Run(Claim claim, CancellationToken cancellation)
    {
        var (recipe, collection) = (claim.Contrastive("scifact.json"), claim.Collection(Collection));
        var figures = new List<(double Weight, CollectionFigures Of)>();
        foreach (var weight in Weights)
        {
            var checkpoint = claim.Start();
            var name = string.Create(CultureInfo.InvariantCulture, $"weight {weight}");
            claim.Train(name, checkpoint, WithWeight(recipe, weight), cancellation);
            using var encoder = new TorchSparseEncoder(checkpoint, claim.Device);
            figures.Add((weight, CollectionFigures.Of(encoder, collection, cancellation)));
            Save(Path.Combine(claim.Output, "flops"), figures);
        }
    }

    private static ContrastiveRecipe WithWeight(ContrastiveRecipe recipe, double weight) => recipe with
    {
        Regularizers = [.. recipe.Regularizers.Select(term =>
            term.Kind == RegularizerKind.Flops ? term with { Weight = weight } : term)],
    };

    private static void Save(string path, IReadOnlyList<(double Weight, CollectionFigures Of)> figures)
    {
        File.WriteAllText(path + ".md", Table(figures));
        BarPlot.Save(
            path + ".png",
            [.. figures.Select(row => row.Weight.ToString("G", CultureInfo.InvariantCulture))],
            [
                ("nDCG@10", [.. figures.Select(row => row.Of.NdcgAt10)]),
                ("terms a document", [.. figures.Select(row => row.Of.DocumentTerms)]),
                ("index in MB", [.. figures.Select(row => row.Of.IndexBytes / 1e6)]),
            ]);
    }

    private static string Table(IEnumerable<(double Weight, CollectionFigures Of)> figures) => MarkdownTable.Of(
        ["FLOPS weight", "nDCG@10", "terms a document", "terms a query", "index in MB"],
        figures.Select(row => (IReadOnlyList<string>)
        [
            row.Weight.ToString("G", CultureInfo.InvariantCulture),
            row.Of.NdcgAt10.ToString("F3", CultureInfo.InvariantCulture),
            row.Of.DocumentTerms.ToString("F0", CultureInfo.InvariantCulture),
            row.Of.QueryTerms.ToString("F0", CultureInfo.InvariantCulture),
            (row.Of.IndexBytes / 1e6).ToString("F2", CultureInfo.InvariantCulture),
        ]));
}
