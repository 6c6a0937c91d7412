using System.CommandLine;
using LuceneLsr.Evaluation.Collections;
using LuceneLsr.Evaluation.Rankers;
using LuceneLsr.Tools.Common;
using LuceneLsr.Tools.Common.Options;
using LuceneLsr.Tools.Common.Output;
using LuceneLsr.Tools.Trainer.Options;
using LuceneLsr.Torch;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Training.Mining;
using Spectre.Console;

namespace LuceneLsr.Tools.Trainer.Commands;

/// <summary>The command "mine": hard negatives for a collection's judged pairs.</summary>
internal sealed class MineCommand
{
    private static readonly MiningOptions Defaults = new();

    private readonly Option<string> _data = CommonOptions.Data();
    private readonly Option<string> _collection = CollectionOptions.Collection();
    private readonly Option<string> _split = CollectionOptions.Split("train");
    private readonly Option<Miner> _by = new Option<Miner>("--by")
    {
        Description = "Ranker of the documents. Both merges two rankings and writes no teacher scores.",
        DefaultValueFactory = _ => Miner.Bm25,
    }.AcceptNamesOf<Miner, Miner>();

    private readonly Option<int> _depth =
        Count("--depth", "Number of top documents per ranking to consider.", Defaults.Depth);

    private readonly Option<int> _negatives =
        Count("--negatives", "Maximum number of negatives per pair.", Defaults.Negatives);

    private readonly Option<double> _share = new Option<double>("--most-of-positive")
    {
        Description = "Maximum score of a negative, as a share of the relevant document's score.",
        DefaultValueFactory = _ => Defaults.MaxPositiveShare,
    }.Require(value => value > 0 && double.IsFinite(value), "finite and above zero");

    private readonly Option<string> _output = new("--out")
    {
        Description = "JSONL file to write; compressed if its name ends in .gz. It must not exist.",
        Required = true,
        HelpName = "FILE",
    };

    private readonly EncoderOptions _encoder;

    private MineCommand(Command command)
    {
        foreach (var option in new Option[]
        {
            _data, _collection, _split, _by, _depth, _negatives, _share, _output,
        })
        {
            command.Add(option);
        }

        _encoder = new EncoderOptions(command, result => result.GetValue(_by) != Miner.Bm25);
    }

    private enum Miner
    {
        Bm25,
        Checkpoint,
        Both,
    }

    public static Command Create()
    {
        var command = new Command("mine", "Mine hard negatives for the judged pairs of a collection.");
        command.SetWork(new MineCommand(command).Run);
        return command;
    }

    private void Run(ParseResult parsed, CancellationToken cancellation)
    {
        string path = parsed.GetValue(_output)!, name = parsed.GetValue(_collection)!;
        MinedPairsFile.ThrowIfExists(path);
        var judged = BeirCollection.Load(Path.Combine(parsed.GetValue(_data)!, name), parsed.GetValue(_split)!);
        var options = ReadOptions(parsed);
        using var encoder = parsed.GetValue(_by) != Miner.Bm25 ? _encoder.Load(parsed) : null;
        using var learned = encoder is not null ? IndexVectors(name, judged.Corpus, encoder, cancellation) : null;
        using var keywords = parsed.GetValue(_by) != Miner.Checkpoint ? IndexWords(judged.Corpus) : null;
        IRanker?[] rankers = [learned, keywords];
        Mine(new HardNegativeMiner(judged, [.. rankers.OfType<IRanker>()], options), options, path, cancellation);
    }

    private MiningOptions ReadOptions(ParseResult parsed) => new()
    {
        Depth = parsed.GetValue(_depth),
        Negatives = parsed.GetValue(_negatives),
        MaxPositiveShare = parsed.GetValue(_share),
    };

    private static Bm25Index IndexWords(IEnumerable<BeirDocument> corpus) =>
        new(corpus.Select(document => (document.Id, document.Contents)));

    private static SparseRanker IndexVectors(
        string name, IReadOnlyList<BeirDocument> corpus, TorchSparseEncoder encoder, CancellationToken cancellation) =>
        TimedProgress.Create().Start(context =>
        {
            var progress = new DocumentProgress(context.AddTask($"Encoding {name}", maxValue: corpus.Count));
            return SparseRanker.Create(
                PerSide.Both<ISparseEncoder>(encoder), encoder.Settings.ImpactScale, corpus, progress.Add,
                cancellation);
        });

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
        AnsiConsole.MarkupLineInterpolated($"Wrote {miner.Count:N0} pairs to [bold]{path}[/].");
        if (few > 0)
        {
            AnsiConsole.MarkupLineInterpolated(
                $"{few:N0} pairs have fewer than {options.Negatives} negatives; {none:N0} have none.");
        }
    }

    private static Option<int> Count(string name, string description, int defaultValue) =>
        new Option<int>(name) { Description = description, DefaultValueFactory = _ => defaultValue }
            .Require(count => count >= 1, "at least 1");
}
