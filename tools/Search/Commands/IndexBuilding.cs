using LuceneLsr.Evaluation.Collections;
using LuceneLsr.Evaluation.Runs;
using LuceneLsr.Tools.Common;
using LuceneLsr.Tools.Common.Output;
using Spectre.Console;

namespace LuceneLsr.Tools.Search.Commands;

/// <summary>Builds an index under a progress bar with documents a second and the time left, and opens it.</summary>
internal static class IndexBuilding
{
    /// <returns>The index, opened.</returns>
    public static LsrIndex Run(
        Lucene.Net.Store.Directory directory, IReadOnlyList<BeirDocument> documents, ISparseEncoder encoder,
        ImpactScale scale, CancellationToken cancellationToken)
    {
        TimedProgress.Create().Start(context =>
        {
            var task = context.AddTask("Encoding and indexing", maxValue: documents.Count);
            LsrIndex.Build(
                directory, DocumentEncoding.Run(documents, encoder, task, cancellationToken), encoder, scale);
        });
        var index = LsrIndex.Open(directory);
        if (index.DocumentsWithoutTerms is > 0 and var lost)
        {
            AnsiConsole.MarkupLineInterpolated(
                $"[yellow]{lost:N0} documents have no term, and no query finds them: empty, or pruned too far.[/]");
        }

        return index;
    }
}
