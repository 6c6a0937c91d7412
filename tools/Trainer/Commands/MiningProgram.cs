using LuceneLsr.Evaluation.Collections;
using LuceneLsr.Evaluation.Rankers;
using LuceneLsr.Tools.Common.Output;
using LuceneLsr.Torch;
using LuceneLsr.Training.Mining;
using Spectre.Console;

namespace LuceneLsr.Tools.Trainer.Commands;

/// <summary>Mines hard negatives with progress and a report on the console.</summary>
internal static class MiningProgram
{
    /// <summary>Indexes a corpus for BM25.</summary>
    public static Bm25Index IndexWords(IEnumerable<BeirDocument> corpus) =>
        new(corpus.Select(document => (document.Id, document.Contents)));

    /// <summary>Encodes and indexes a corpus under a progress bar with the collection's name.</summary>
    public static SparseRanker IndexVectors(
        string name, IReadOnlyList<BeirDocument> corpus, TorchSparseEncoder encoder, CancellationToken cancellation) =>
        TimedProgress.Create().Start(context =>
        {
            var progress = new DocumentProgress(context.AddTask($"Encoding {name}", maxValue: corpus.Count));
            return SparseRanker.Create(
                PerSide.Both<ISparseEncoder>(encoder), encoder.Settings.ImpactScale, corpus, progress.Add,
                cancellation);
        });

    /// <summary>Writes the mined pairs to a file and reports pairs with few negatives.</summary>
    public static void Run(
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
}
