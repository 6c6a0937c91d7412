using System.CommandLine;
using LuceneLsr.Evaluation.Collections;
using LuceneLsr.Evaluation.Rankers;
using LuceneLsr.Evaluation.Runs;
using LuceneLsr.Tools.Common;
using LuceneLsr.Tools.Common.Options;
using LuceneLsr.Tools.Common.Output;
using LuceneLsr.Torch;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Training.Mining;
using Spectre.Console;

namespace LuceneLsr.Tools.Trainer.Commands;

/// <summary>"mine": hard negatives for a collection's judged pairs.</summary>
internal static class MineCommand
{
    private static readonly MiningOptions Defaults = new();

    private enum Miner
    {
        Bm25,
        Checkpoint,
        Both,
    }

    public static Command Create()
    {
        var data = CommonOptions.Data();
        var collection = CollectionOptions.Collection();
        var split = CollectionOptions.Split("train");
        var by = new Option<Miner>("--by")
        {
            Description = "What ranks the documents; both take turns, and leave no scores for a teacher.",
            DefaultValueFactory = _ => Miner.Bm25,
        }.AcceptNamesOf<Miner, Miner>();
        var depth = Count("--depth", "Best documents of a ranking that are looked at.", Defaults.Depth);
        var negatives = Count("--negatives", "Negatives a pair, at most.", Defaults.Negatives);
        var most = new Option<double>("--most-of-positive")
        {
            Description = "The most that a negative may score, as a share of the relevant document's score.",
            DefaultValueFactory = _ => Defaults.MostOfPositive,
        }.Require(share => share > 0 && double.IsFinite(share), "finite and above zero");
        Option<string> output = new("--out")
        {
            Description = "New file of pairs with their negatives, as JSONL; compressed if its name ends in .gz.",
            Required = true,
            HelpName = "FILE",
        };
        var command = new Command("mine", "Mines hard negatives for a collection's judged pairs.")
        {
            data, collection, split, by, depth, negatives, most, output,
        };
        var encoders = new EncoderOptions(command, result => result.GetValue(by) != Miner.Bm25);
        command.SetWork((parsed, cancellation) =>
        {
            string path = parsed.GetValue(output)!, name = parsed.GetValue(collection)!;
            MinedPairsFile.RequireNew(path);
            var judged = BeirCollection.Load(Path.Combine(parsed.GetValue(data)!, name), parsed.GetValue(split)!);
            var options = new MiningOptions
            {
                Depth = parsed.GetValue(depth),
                Negatives = parsed.GetValue(negatives),
                MostOfPositive = parsed.GetValue(most),
            };
            using var encoder = parsed.GetValue(by) != Miner.Bm25 ? encoders.Load(parsed) : null;
            using var learned = encoder is not null ? Learned(name, judged.Corpus, encoder, cancellation) : null;
            using var keywords = parsed.GetValue(by) != Miner.Checkpoint ? Keywords(judged.Corpus) : null;
            IRanker?[] rankers = [learned, keywords];
            Mine(new HardNegativeMiner(judged, [.. rankers.OfType<IRanker>()], options), options, path, cancellation);
        });
        return command;
    }

    private static Bm25Index Keywords(IEnumerable<BeirDocument> corpus) =>
        new(corpus.Select(document => (document.Id, document.Contents)));

    private static SparseIndex Learned(
        string name, IReadOnlyList<BeirDocument> corpus, TorchSparseEncoder encoder, CancellationToken cancellation) =>
        SparseIndexing.Run(
            name, corpus, PerSide.Both<ISparseEncoder>(encoder), encoder.Settings.ImpactScale, cancellation);

    private static void Mine(
        HardNegativeMiner miner, MiningOptions options, string path, CancellationToken cancellation)
    {
        int few = 0, none = 0;
        TimedProgress.Create().Start(context =>
        {
            var task = context.AddTask("Mining", maxValue: miner.Count);
            MinedPairsFile.Write(path, miner.Mine(cancellation).Select(pair =>
            {
                task.Increment(1);
                few += pair.Negatives.Count < options.Negatives ? 1 : 0;
                none += pair.Negatives.Count == 0 ? 1 : 0;
                return pair;
            }));
        });
        AnsiConsole.MarkupLineInterpolated($"{miner.Count:N0} pairs in [bold]{path}[/].");
        if (few > 0)
        {
            AnsiConsole.MarkupLineInterpolated(
                $"{few:N0} of them have fewer than {options.Negatives} negatives, {none:N0} have none.");
        }
    }

    private static Option<int> Count(string name, string description, int value) =>
        new Option<int>(name) { Description = description, DefaultValueFactory = _ => value }
            .Require(count => count >= 1, "at least 1");
}
