using LuceneLsr.Evaluation.Collections;
using LuceneLsr.Evaluation.Rankers;
using LuceneLsr.Evaluation.Vectors;
using LuceneLsr.Tools.Common.Output;
using LuceneLsr.Tools.Search.Views;

namespace LuceneLsr.Tools.Search.Commands;

/// <summary>Builds an index under a progress bar.</summary>
internal static class IndexBuilding
{
    /// <returns>The index, opened.</returns>
    public static SparseIndex Build(
        Lucene.Net.Store.Directory directory, IReadOnlyList<BeirDocument> documents, ISparseEncoder encoder,
        ImpactScale scale, CancellationToken cancellationToken)
    {
        var index = TimedProgress.Create().Start(context =>
        {
            var progress = new DocumentProgress(context.AddTask("Encoding and indexing", maxValue: documents.Count));
            var encoded = encoder.EncodeDocuments(documents, progress.Add, cancellationToken);
            return SparseIndex.Create(directory, encoded, encoder, scale);
        });
        EmptyDocuments.Warn(index.DocumentsWithoutTerms);
        return index;
    }
}
