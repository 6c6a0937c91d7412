using System.CommandLine;
using System.Globalization;
using LuceneLsr.Evaluation.Collections;
using LuceneLsr.Evaluation.Runs;
using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Tools.Common;
using LuceneLsr.Torch;

namespace LuceneLsr.Tools.Claims;

/// <summary>
/// A causal LM encodes better if it sees the whole text: echo, and bi more than echo (section 5): the same start and
/// recipe in each variant.
/// </summary>
internal static class VariantsClaim
{
    private static readonly string[] Collections = ["scifact", "cranfield"];

    public static Command Command()
    {
        var command = new Command("variants", "Causal, echo and bi by the same recipe: effect and encoding time.");
        var options = new ClaimOptions(
            command, "A lexical start: lsr-train init; or a causal LM: lsr-train pretrain.", adapts: true);
        var adapt = new Option<bool>("--adapt")
        {
            Description = "Adapt the start to each variant first (bi by masked tokens), as a causal LM asks.",
        };
        command.Add(adapt);
        command.SetWork((parsed, cancellation) => Run(
            options.Read(parsed), parsed.GetValue(adapt), cancellation));
        return command;
    }

    private static void Run(Claim claim, bool adapts, CancellationToken cancellation)
    {
        var recipe = claim.Contrastive(adapts ? "pairs.json" : "scifact.json");
        var adaptation = adapts ? claim.Adaptation() : null;
        BeirCollection[] collections = [.. Collections.Select(claim.Collection)];
        var figures = new List<(AttentionVariant Variant, CollectionFigures[] Of)>();
        foreach (var variant in Enum.GetValues<AttentionVariant>())
        {
            using var start = claim.Start();
            var checkpoint = start.WithSettings(start.Settings with { Variant = PerSide.Both(variant) });
            if (adaptation is not null)
            {
                claim.Adapt(checkpoint, adaptation, cancellation);
            }

            claim.Train($"{variant}", checkpoint, recipe, cancellation);
            using var encoder = new TorchSparseEncoder(checkpoint, claim.Device);
            figures.Add((variant, [.. collections.Select(collection =>
                CollectionFigures.Of(encoder, collection, cancellation))]));
            Save(Path.Combine(claim.Output, adapts ? "variants-adapted" : "variants"), figures);
        }
    }

    private static void Save(string path, IReadOnlyList<(AttentionVariant Variant, CollectionFigures[] Of)> figures)
    {
        File.WriteAllText(path + ".md", Table(figures));
        BarPlot.Save(
            path + ".png",
            [.. figures.Select(row => $"{row.Variant}")],
            [
                .. Collections.Select((collection, at) =>
                    ($"nDCG@10, {collection}", figures.Select(row => row.Of[at].NdcgAt10).ToArray())),
                ("ms a SciFact document", [.. figures.Select(row => row.Of[0].MillisecondsPerDocument)]),
            ]);
    }

    private static string Table(IEnumerable<(AttentionVariant Variant, CollectionFigures[] Of)> figures) =>
        MarkdownTable.Of(
            [
                "variant", .. Collections.Select(name => $"{name} nDCG@10"),
                "terms a document / query (scifact)", "ms a document (scifact)",
            ],
            figures.Select(row => (IReadOnlyList<string>)
            [
                $"{row.Variant}",
                .. row.Of.Select(of => of.NdcgAt10.ToString("F3", CultureInfo.InvariantCulture)),
                string.Create(
                    CultureInfo.InvariantCulture, $"{row.Of[0].DocumentTerms:F0} / {row.Of[0].QueryTerms:F0}"),
                row.Of[0].MillisecondsPerDocument.ToString("F1", CultureInfo.InvariantCulture),
            ]));
}
