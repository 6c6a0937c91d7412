using LuceneLsr.Evaluation.Collections;
using LuceneLsr.Evaluation.Runs;
using LuceneLsr.Tools.Common;
using LuceneLsr.Tools.Common.Output;
using LuceneLsr.Training.Mining;

namespace LuceneLsr.Tools.Trainer.Commands;

/// <summary>Encodes a corpus into an index in memory, under a progress bar.</summary>
internal static class SparseIndexing
{
    /// <returns>The index.</returns>
    public static SparseIndex Run(
        string collection, IReadOnlyList<BeirDocument> corpus, PerSide<ISparseEncoder> encoders, ImpactScale scale,
        CancellationToken cancellation) => TimedProgress.Create().Start(context =>
        {
            var progress = new DocumentProgress(context.AddTask($"Encoding {collection}", maxValue: corpus.Count));
            return new SparseIndex(
                encoders, scale, corpus.Select(document => (document.Id, document.Contents)), progress.Add,
                cancellation);
        });
}
