using System.CommandLine;
using LuceneLsr.Evaluation.Collections;
using LuceneLsr.Evaluation.Rankers;
using LuceneLsr.Tools.Common;
using LuceneLsr.Tools.Common.Options;
using LuceneLsr.Tools.Trainer.Options;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Training.Mining;

namespace LuceneLsr.Tools.Trainer.Commands;

/// <summary>The command "mine": hard negatives for a collection's judged pairs.</summary>
internal sealed class MineCommand
{
    private static readonly MiningOptions Defaults = new();

    private readonly Option<string> _data = CommonOptions.CreateData();
    private readonly Option<string> _collection = CollectionOptions.CreateCollection();
    private readonly Option<string> _split = CollectionOptions.CreateSplit("train");
    private readonly Option<Miner> _by = new Option<Miner>("--by")
    {
        Description = "Ranker of the documents. Both merges two rankings and writes no teacher scores.",
        DefaultValueFactory = _ => Miner.Bm25,
    }.AcceptNamesOf<Miner, Miner>();

    private readonly Option<int> _depth =
        CreateCount("--depth", "Number of top documents per ranking to consider.", Defaults.Depth);

    private readonly Option<int> _negatives =
        CreateCount("--negatives", "Maximum number of negatives per pair.", Defaults.Negatives);

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
        using var learned = encoder is not null
            ? MiningProgram.IndexVectors(name, judged.Corpus, encoder, cancellation)
            : null;
        using var keywords = parsed.GetValue(_by) != Miner.Checkpoint ? MiningProgram.IndexWords(judged.Corpus) : null;
        IRanker?[] rankers = [learned, keywords];
        var miner = new HardNegativeMiner(judged, [.. rankers.OfType<IRanker>()], options);
        MiningProgram.Run(miner, options, path, cancellation);
    }

    private MiningOptions ReadOptions(ParseResult parsed) => new()
    {
        Depth = parsed.GetValue(_depth),
        Negatives = parsed.GetValue(_negatives),
        MaxPositiveShare = parsed.GetValue(_share),
    };

    private static Option<int> CreateCount(string name, string description, int defaultValue) =>
        new Option<int>(name) { Description = description, DefaultValueFactory = _ => defaultValue }
            .Require(count => count >= 1, "at least 1");
}
