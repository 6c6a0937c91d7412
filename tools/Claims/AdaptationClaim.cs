using System.CommandLine;
using System.Globalization;
using LuceneLsr.Evaluation.Runs;
using LuceneLsr.Tools.Common;
using LuceneLsr.Training.Data;
using LuceneLsr.Training.Runs;
using LuceneLsr.Training.Tasks;
using MathNet.Numerics.Statistics;
using Spectre.Console;

namespace LuceneLsr.Tools.Claims;

/// <summary>
/// A pretrained causal LM's logits are not made for max-pooled ReLU; a light adaptation makes early training stable
/// (section 3.1): the same base with and without it, three seeds each.
/// </summary>
internal static class AdaptationClaim
{
    private static readonly int[] Seeds = [1, 2, 3];

    public static Command Command()
    {
        var command = new Command(
            "adaptation", "The first steps of contrastive training with and without the adaptation phase.");
        var options = new ClaimOptions(command, "A pretrained causal LM: lsr-train pretrain.", adapts: true);
        command.SetWork((parsed, cancellation) => Run(options.Read(parsed), cancellation));
        return command;
    }

    private static void Run(Claim claim, CancellationToken cancellation)
    {
        var (recipe, adaptation) = (claim.Contrastive("pairs.json"), claim.Adaptation());
        var curves = new List<AdaptationCurve>();
        foreach (var seed in Seeds)
        {
            foreach (var isAdapted in new[] { false, true })
            {
                using var checkpoint = claim.Start();
                if (isAdapted)
                {
                    claim.Adapt(checkpoint, adaptation with { Seed = seed }, cancellation);
                }

                var name = $"{(isAdapted ? "adapted" : "as pretrained")}, seed {seed}";
                var steps = new List<TrainingStep>();
                try
                {
                    claim.Train(name, checkpoint, recipe with { Seed = seed }, cancellation, steps.Add);
                }
                catch (TrainingCollapseException exception) // which is a result here
                {
                    AnsiConsole.MarkupLineInterpolated($"[yellow]{exception.Message}[/]");
                }

                curves.Add(new(isAdapted, seed, checkpoint.Config.OutputSize, steps));
            }

            File.WriteAllText(Path.Combine(claim.Output, "adaptation.md"), Table(curves));
            AdaptationPlot.Save(Path.Combine(claim.Output, "adaptation.png"), curves);
        }
    }

    private static string Table(IEnumerable<AdaptationCurve> curves) => MarkdownTable.Of(
        [
            "base", "seed", "steps", "loss at step 1", "loss, last tenth", "largest gradient norm",
            "document terms at step 1", "document terms, last tenth", "dead vocabulary at step 1", "dead, last tenth",
        ],
        curves.OrderBy(curve => curve.IsAdapted).ThenBy(curve => curve.Seed).Select(curve => new[]
        {
            curve.IsAdapted ? "adapted" : "as pretrained",
            $"{curve.Seed}",
            $"{curve.Steps.Count}",
            Number(curve.Start("info_nce"), "F2"),
            Number(curve.End("info_nce"), "F2"),
            Number(curve.Of("gradient_norm").DefaultIfEmpty(double.NaN).Max(), "G3"),
            Number(curve.Start("document_terms"), "F0"),
            Number(curve.End("document_terms"), "F0"),
            Number(curve.Start("dead_share"), "P1"),
            Number(curve.End("dead_share"), "P1"),
        }));

    private static string Number(double value, string format) =>
        double.IsNaN(value) ? "" : value.ToString(format, CultureInfo.InvariantCulture);
}

/// <summary>The figures of one run.</summary>
/// <param name="IsAdapted">Whether its base was adapted first.</param>
/// <param name="Seed">Its seed.</param>
/// <param name="Terms">Terms of the vocabulary.</param>
/// <param name="Steps">Its steps; none if it collapsed at the first.</param>
internal sealed record AdaptationCurve(bool IsAdapted, int Seed, int Terms, IReadOnlyList<TrainingStep> Steps)
{
    /// <summary>A figure at each step.</summary>
    public double[] Of(string figure) =>
        [.. Steps.Select(step => step.Figures.First(pair => pair.Name == figure).Value)];

    /// <summary>A figure at the first step; no number if there is none.</summary>
    public double Start(string figure) => Of(figure).FirstOrDefault(double.NaN);

    /// <summary>Its mean over the last tenth of the steps; no number if there are none.</summary>
    public double End(string figure) => Of(figure).TakeLast(Math.Max(1, Steps.Count / 10)).Mean();
}
