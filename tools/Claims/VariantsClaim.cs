using System.CommandLine;
using System.Globalization;
using LuceneLsr.Encoding;
using LuceneLsr.Evaluation.Collections;
using LuceneLsr.Tools.Shared;
using LuceneLsr.Torch;
using LuceneLsr.Torch.Checkpoints;

namespace LuceneLsr.Tools.Claims;

/// <summary>
/// A causal LM encodes better if it sees the whole text: echo, and bi more than echo (section 5): the same start and
/// recipe in each variant, on a collection that is trained on and one that is not.
/// </summary>
internal static class VariantsClaim
{
    private static readonly string[] Collections = ["scifact", "cranfield"];

    public static Command Command()
    {
        var command = new Command("variants", "Causal, echo and bi by the same recipe: effect and encoding time.");
        var options = new ClaimOptions(command, "A lexical start: lsr-train init.");
        command.SetWork((parsed, cancellation) => Run(options.Read(parsed), cancellation));
        return command;
    }

    private static void Run(Claim claim, CancellationToken cancellation)
    {
        var figures = new List<(AttentionVariant Variant, CollectionFigures[] Of)>();
        foreach (var variant in Enum.GetValues<AttentionVariant>())
        {
            using var start = Checkpoint.Load(claim.From);
            var checkpoint = start.With(start.Settings with { Variant = PerSide.Both(variant) });
            Learning.Train($"{variant}", checkpoint, claim.Contrastive("scifact.json"), claim.Data, cancellation);
            using var encoder = new TorchSparseEncoder(checkpoint);
            figures.Add((variant, [.. Collections.Select(name => CollectionFigures.Of(
                encoder, BeirCollection.Load(Path.Combine(claim.Data, name), "test"), cancellation))]));
        }

        File.WriteAllText(Path.Combine(claim.Output, "variants.md"), Table(figures));
        BarPlot.Save(
            Path.Combine(claim.Output, "variants.png"),
            [.. figures.Select(row => $"{row.Variant}")],
            [
                .. Collections.Select((name, at) =>
                    ($"nDCG@10, {name}", figures.Select(row => row.Of[at].NdcgAt10).ToArray())),
                ("ms of one core a SciFact document", [.. figures.Select(row => row.Of[0].CpuMillisecondsPerDocument)]),
            ]);
    }

    private static string Table(IEnumerable<(AttentionVariant Variant, CollectionFigures[] Of)> figures) =>
        MarkdownTable.Of(
            [
                "variant", .. Collections.Select(name => $"{name} nDCG@10"),
                "terms a document / query (scifact)", "ms of one core a document (scifact)",
            ],
            figures.Select(row => (IReadOnlyList<string>)
            [
                $"{row.Variant}",
                .. row.Of.Select(of => of.NdcgAt10.ToString("F3", CultureInfo.InvariantCulture)),
                string.Create(
                    CultureInfo.InvariantCulture, $"{row.Of[0].DocumentTerms:F0} / {row.Of[0].QueryTerms:F0}"),
                row.Of[0].CpuMillisecondsPerDocument.ToString("F1", CultureInfo.InvariantCulture),
            ]));
}
