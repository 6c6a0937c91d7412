using System.CommandLine;
using LuceneLsr.Evaluation.Collections;
using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Tools.Claims.Reports;
using LuceneLsr.Tools.Claims.Runs;
using LuceneLsr.Tools.Common;
using LuceneLsr.Torch;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Training.Recipes;

namespace LuceneLsr.Tools.Claims.Commands;

/// <summary>
/// Tests the claim of section 5: a causal LM encodes better if it sees the whole text, with echo and more so with bi.
/// Trains the same start by the same recipe in each variant.
/// </summary>
internal static class VariantsClaim
{
    private static readonly string[] CollectionNames = ["scifact", "cranfield"];

    private static readonly Column<Row>[] Columns =
    [
        new("variant", row => $"{row.Variant}"),
        .. CollectionNames.Select((name, index) =>
            new Column<Row>($"{name} nDCG@10", row => $"{row.Figures[index].NdcgAt10:F3}")),
        new("terms per document / query (scifact)",
            row => $"{row.Figures[0].DocumentTerms:F0} / {row.Figures[0].QueryTerms:F0}"),
        new("ms per document (scifact)", row => $"{row.Figures[0].MillisecondsPerDocument:F1}"),
    ];

    public static Command CreateCommand()
    {
        var command = new Command("variants", "Compare causal, echo and bi by nDCG@10 and encoding time.");
        var options = new ClaimOptions(
            command, "Lexical start (see lsr-train init) or causal LM (see lsr-train pretrain) to train from.",
            hasAdaptation: true);
        var adapt = new Option<bool>("--adapt")
        {
            Description = "Adapt the start to each variant first, as a causal LM needs; bi by masked tokens.",
        };
        command.Add(adapt);
        command.SetWork((parsed, cancellation) => Run(options.Read(parsed), parsed.GetValue(adapt), cancellation));
        return command;
    }

    private static void Run(Claim claim, bool isAdapted, CancellationToken cancellation)
    {
        var recipe = claim.LoadContrastiveRecipe(isAdapted ? "pairs.json" : "scifact.json");
        var adaptation = isAdapted ? claim.LoadAdaptationRecipe() : null;
        BeirCollection[] collections = [.. CollectionNames.Select(claim.LoadCollection)];
        var rows = new List<Row>();
        foreach (var variant in Enum.GetValues<AttentionVariant>())
        {
            using var start = claim.LoadStart();
            using var encoder = Train(claim, start, variant, adaptation, recipe, cancellation);
            rows.Add(new(variant, [.. collections.Select(collection =>
                CollectionFigures.Measure(encoder, collection, cancellation))]));
            Report.Save(
                claim.Output, isAdapted ? "variants-adapted" : "variants", Columns, rows, CreatePanels(rows));
        }
    }

    // The encoder shares the weights of the start.
    private static TorchSparseEncoder Train(
        Claim claim, Checkpoint start, AttentionVariant variant, LanguageModelRecipe? adaptation,
        ContrastiveRecipe recipe, CancellationToken cancellation)
    {
        var checkpoint = start.WithSettings(start.Settings with { Variant = PerSide.Both(variant) });
        if (adaptation is not null)
        {
            claim.Adapt(checkpoint, adaptation, cancellation);
        }

        claim.Train($"{variant}", checkpoint, recipe, cancellation);
        return new TorchSparseEncoder(checkpoint, claim.Device);
    }

    private static FigurePanel[] CreatePanels(IReadOnlyList<Row> rows) =>
    [
        .. CollectionNames.Select((name, index) =>
            CreatePanel($"nDCG@10, {name}", rows, row => row.Figures[index].NdcgAt10)),
        CreatePanel("ms per SciFact document", rows, row => row.Figures[0].MillisecondsPerDocument),
    ];

    private static BarPanel CreatePanel(string title, IEnumerable<Row> rows, Func<Row, double> getValue) =>
        new(title, [.. rows.Select(row => ($"{row.Variant}", getValue(row)))]);

    /// <param name="Variant">The variant.</param>
    /// <param name="Figures">The figures on each collection.</param>
    private sealed record Row(AttentionVariant Variant, IReadOnlyList<CollectionFigures> Figures);
}
