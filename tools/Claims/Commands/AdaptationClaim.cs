using System.CommandLine;
using System.Globalization;
using LuceneLsr.Tools.Claims.Reports;
using LuceneLsr.Tools.Claims.Runs;
using LuceneLsr.Tools.Common;
using LuceneLsr.Training.Recipes;

namespace LuceneLsr.Tools.Claims.Commands;

/// <summary>
/// Tests the claim of section 3.1: a pretrained causal LM's logits do not suit a max-pooled ReLU, and a light
/// adaptation phase makes early training stable. Trains the same base with and without the adaptation phase, with three
/// seeds each.
/// </summary>
internal static class AdaptationClaim
{
    private static readonly Column<RunCurve>[] Columns =
    [
        new("base", curve => curve.Base),
        new("seed", curve => $"{curve.Seed}"),
        new("steps", curve => $"{curve.Steps.Count}"),
        new("loss at step 1", curve => Format(curve.GetFirst("info_nce"), "F2")),
        new("loss, last tenth", curve => Format(curve.GetFinalMean("info_nce"), "F2")),
        new("largest gradient norm", curve => Format(curve.GetMax("gradient_norm"), "G3")),
        new("document terms at step 1", curve => Format(curve.GetFirst("document_terms"), "F0")),
        new("document terms, last tenth", curve => Format(curve.GetFinalMean("document_terms"), "F0")),
        new("dead vocabulary at step 1", curve => Format(curve.GetFirst("dead_share"), "P1")),
        new("dead, last tenth", curve => Format(curve.GetFinalMean("dead_share"), "P1")),
    ];

    public static Command CreateCommand()
    {
        var command = new Command(
            "adaptation", "Compare the first contrastive steps with and without an adaptation phase.");
        var options = new ClaimOptions(
            command, "Pretrained causal LM to start from (see lsr-train pretrain).", hasAdaptation: true);
        command.SetWork((parsed, cancellation) => Run(options.Read(parsed), cancellation));
        return command;
    }

    private static void Run(Claim claim, CancellationToken cancellation)
    {
        var (recipe, adaptation) = (claim.LoadContrastiveRecipe("pairs.json"), claim.LoadAdaptationRecipe());
        var curves = new List<RunCurve>();
        foreach (var seed in Claim.Seeds)
        {
            var seeded = recipe with { Seed = seed };
            curves.Add(Train(claim, adaptation: null, seeded, cancellation));
            curves.Add(Train(claim, adaptation with { Seed = seed }, seeded, cancellation));
            Report.Save(claim.Output, "adaptation", Columns, Sort(curves), CreatePanels(curves));
        }
    }

    private static IEnumerable<RunCurve> Sort(IEnumerable<RunCurve> curves) =>
        curves.OrderBy(curve => curve.IsAdapted).ThenBy(curve => curve.Seed);

    private static RunCurve Train(
        Claim claim, LanguageModelRecipe? adaptation, ContrastiveRecipe recipe, CancellationToken cancellation)
    {
        using var checkpoint = claim.LoadStart();
        if (adaptation is not null)
        {
            claim.Adapt(checkpoint, adaptation, cancellation);
        }

        var curve = new RunCurve(adaptation is not null, recipe.Seed, checkpoint.Config.OutputSize, []);
        claim.TryTrain(curve, checkpoint, recipe, cancellation);
        return curve;
    }

    private static FigurePanel[] CreatePanels(IReadOnlyList<RunCurve> curves) =>
    [
        CreatePanel("InfoNCE", curves, curve => curve.GetValues("info_nce")),
        CreatePanel(
            "log10 of the gradient norm", curves,
            curve => [.. curve.GetValues("gradient_norm").Select(Math.Log10)]),
        CreatePanel(
            "active share of the vocabulary, documents", curves,
            curve => [.. curve.GetValues("document_terms").Select(terms => terms / curve.VocabularySize)]),
    ];

    private static LinePanel CreatePanel(
        string title, IEnumerable<RunCurve> curves, Func<RunCurve, double[]> getValues) =>
        new(title,
        [
            .. curves.Where(curve => curve.Steps.Count > 0).Select(curve =>
                new Line(curve.Base, [.. curve.Steps.Select(step => (double)step.Step)], getValues(curve))),
        ]);

    private static string Format(double value, string format) =>
        double.IsNaN(value) ? "" : value.ToString(format, CultureInfo.InvariantCulture);
}
