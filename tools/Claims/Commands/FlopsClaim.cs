using System.CommandLine;
using LuceneLsr.Tools.Claims.Reports;
using LuceneLsr.Tools.Claims.Runs;
using LuceneLsr.Tools.Common;
using LuceneLsr.Torch;
using LuceneLsr.Training.Recipes;

namespace LuceneLsr.Tools.Claims.Commands;

/// <summary>
/// Tests the claim of section 4: a larger weight of the FLOPS regularizer makes vectors sparser and retrieval worse.
/// Trains the same start by the same recipe with several weights.
/// </summary>
internal static class FlopsClaim
{
    private const string CollectionName = "scifact";

    private static readonly double[] Weights = [1e-4, 1e-3, 1e-2, 1e-1];

    private static readonly Column<Row>[] Columns =
    [
        new("FLOPS weight", row => row.Name),
        new("nDCG@10", row => $"{row.Figures.NdcgAt10:F3}"),
        new("terms per document", row => $"{row.Figures.DocumentTerms:F0}"),
        new("terms per query", row => $"{row.Figures.QueryTerms:F0}"),
        new("index in MB", row => $"{row.Figures.IndexMegabytes:F2}"),
    ];

    public static Command CreateCommand()
    {
        var command = new Command(
            "flops", "Compare weights of the FLOPS regularizer by active terms, index size and nDCG@10.");
        var options = new ClaimOptions(
            command, "Lexical start to train from (see lsr-train init).", hasAdaptation: false);
        command.SetWork((parsed, cancellation) => Run(options.Read(parsed), cancellation));
        return command;
    }

    private static void Run(Claim claim, CancellationToken cancellation)
    {
        var (recipe, collection) = (claim.LoadContrastiveRecipe("scifact.json"), claim.LoadCollection(CollectionName));
        var rows = new List<Row>();
        foreach (var weight in Weights)
        {
            var checkpoint = claim.LoadStart();
            claim.Train($"weight {weight}", checkpoint, WithFlopsWeight(recipe, weight), cancellation);
            using var encoder = new TorchSparseEncoder(checkpoint, claim.Device);
            rows.Add(new($"{weight}", CollectionFigures.Measure(encoder, collection, cancellation)));
            Report.Save(claim.Output, "flops", Columns, rows, CreatePanels(rows));
        }
    }

    private static ContrastiveRecipe WithFlopsWeight(ContrastiveRecipe recipe, double weight) => recipe with
    {
        Regularizers = [.. recipe.Regularizers.Select(term =>
            term.Kind == RegularizerKind.Flops ? term with { Weight = weight } : term)],
    };

    private static FigurePanel[] CreatePanels(IReadOnlyList<Row> rows) =>
    [
        CreatePanel("nDCG@10", rows, figures => figures.NdcgAt10),
        CreatePanel("terms per document", rows, figures => figures.DocumentTerms),
        CreatePanel("index in MB", rows, figures => figures.IndexMegabytes),
    ];

    private static BarPanel CreatePanel(
        string title, IEnumerable<Row> rows, Func<CollectionFigures, double> getValue) =>
        new(title, [.. rows.Select(row => (row.Name, getValue(row.Figures)))]);

    private sealed record Row(string Name, CollectionFigures Figures);
}
