using System.CommandLine;
using LuceneLsr.Evaluation.Collections;
using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Tools.Claims.Reports;
using LuceneLsr.Tools.Claims.Runs;
using LuceneLsr.Tools.Common;
using LuceneLsr.Torch;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Training.Recipes;
using LuceneLsr.Training.Tasks;

namespace LuceneLsr.Tools.Claims.Commands;

/// <summary>
/// Tests the claim of section 5: a causal LM encodes better if it sees the whole text, with echo and more so with bi.
/// Trains the same start by the same recipe in each variant, as it is and adapted to the variant first, with several
/// seeds each.
/// </summary>
internal static class VariantsClaim
{
    private static readonly string[] CollectionNames = ["scifact", "cranfield"];

    private static readonly bool[] Bases = [false, true]; // as given, adapted

    private static readonly Column<VariantSummary>[] Columns =
    [
        new("variant", row => row.Name),
        new("base", row => row.Base),
        new("loss, last tenth", row => row.Format(run => run.Loss, "F2")),
        new("document terms, last tenth", row => row.Format(run => run.DocumentTerms, "F0")),
        .. CollectionNames.Select((name, index) => new Column<VariantSummary>(
            $"{name} nDCG@10", row => row.Format(run => run.Figures[index].NdcgAt10, "F3"))),
        new("terms per document (scifact)", row => row.Format(run => run.Figures[0].DocumentTerms, "F0")),
        new("terms per query (scifact)", row => row.Format(run => run.Figures[0].QueryTerms, "F0")),
        new("ms per document (scifact)", row => row.Format(run => run.Figures[0].MillisecondsPerDocument, "F1")),
        new("collapsed", row => $"{row.Collapsed} of {row.Runs.Count}"),
    ];

    public static Command CreateCommand()
    {
        var command = new Command(
            "variants", "Compare causal, echo and bi, as given and adapted, by loss, active terms and nDCG@10.");
        var options = new ClaimOptions(
            command, "Checkpoint to train from: a lexical or semantic start (lsr-train init) or a causal LM "
                + "(lsr-train pretrain).",
            hasAdaptation: true);
        var seeds = new Option<int[]>("--seeds")
        {
            Description = "Seeds of the runs of each variant.",
            DefaultValueFactory = _ => [.. Claim.Seeds],
            AllowMultipleArgumentsPerToken = true,
        };
        command.Add(seeds);
        command.SetWork((parsed, cancellation) => Run(options.Read(parsed), parsed.GetValue(seeds)!, cancellation));
        return command;
    }

    private static void Run(Claim claim, int[] seeds, CancellationToken cancellation)
    {
        var (recipe, adaptation) = (claim.LoadContrastiveRecipe("pairs.json"), claim.LoadAdaptationRecipe());
        BeirCollection[] collections = [.. CollectionNames.Select(claim.LoadCollection)];
        var finished = FinishedRuns.Open(
            claim.Output, CheckpointFingerprint.Compute(claim.From), RecipeFile.ToJson(recipe),
            RecipeFile.ToJson(adaptation));
        var runs = new List<VariantRun>();
        foreach (var (seed, variant, isAdapted) in Enumerate(seeds))
        {
            runs.Add(finished.Find(variant, isAdapted, seed) ?? finished.Add(Measure(
                claim, variant, isAdapted ? adaptation with { Seed = seed } : null, recipe with { Seed = seed },
                collections, cancellation)));
            var rows = VariantSummary.Summarize(runs);
            Report.Save(claim.Output, "variants", Columns, rows, CreatePanels(rows));
        }
    }

    private static IEnumerable<(int Seed, AttentionVariant Variant, bool IsAdapted)> Enumerate(int[] seeds) =>
        from seed in seeds
        from variant in Enum.GetValues<AttentionVariant>()
        from isAdapted in Bases
        select (seed, variant, isAdapted);

    private static VariantRun Measure(
        Claim claim, AttentionVariant variant, LanguageModelRecipe? adaptation, ContrastiveRecipe recipe,
        BeirCollection[] collections, CancellationToken cancellation)
    {
        using var start = claim.LoadStart();
        var checkpoint = start.WithSettings(start.Settings with
        {
            Variant = PerSide.Both(variant),
            MaxTokens = new(recipe.QueryTokens, recipe.DocumentTokens), // as in training
            DocumentStride = null,
        });
        var curve = new RunCurve(adaptation is not null, recipe.Seed, checkpoint.Config.OutputSize, []);
        var isTrained = TryTrain(claim, curve, checkpoint, adaptation, recipe, cancellation);
        using var encoder = new TorchSparseEncoder(checkpoint, claim.Device); // shares the weights of the start
        return new(
            variant, curve.IsAdapted, curve.Seed, curve.GetFinalMean("info_nce"), curve.GetFinalMean("document_terms"),
            isTrained ? [.. collections.Select(each => CollectionFigures.Measure(encoder, each, cancellation))] : []);
    }

    private static bool TryTrain(
        Claim claim, RunCurve curve, Checkpoint checkpoint, LanguageModelRecipe? adaptation, ContrastiveRecipe recipe,
        CancellationToken cancellation) =>
        (adaptation is null || claim.TryAdapt(checkpoint, adaptation, cancellation))
        && claim.TryTrain(curve, checkpoint, recipe, cancellation);

    private static FigurePanel[] CreatePanels(IReadOnlyList<VariantSummary> rows) =>
    [
        .. CollectionNames.Select((name, index) =>
            CreatePanel($"nDCG@10, {name}", rows, run => run.Figures[index].NdcgAt10)),
        CreatePanel("ms per SciFact document", rows, run => run.Figures[0].MillisecondsPerDocument),
    ];

    private static BarPanel CreatePanel(
        string title, IEnumerable<VariantSummary> rows, Func<VariantRun, double> getValue) => new(
        title,
        [.. rows.Where(row => row.Collapsed < row.Runs.Count)
            .Select(row => ($"{row.Name}\n{row.Base}", row.GetMean(getValue)))]);
}
