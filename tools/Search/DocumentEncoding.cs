using LuceneLsr.Encoding;
using LuceneLsr.Evaluation.Collections;
using Spectre.Console;

namespace LuceneLsr.Tools.Search;

/// <summary>Encodes documents under a progress bar that tells how many of them a second.</summary>
internal static class DocumentEncoding
{
    private const int BatchSize = 64;

    /// <summary>The documents with their vectors, encoded batch by batch as they are asked for.</summary>
    public static IEnumerable<(BeirDocument Document, SparseVector Vector)> Run(
        IEnumerable<BeirDocument> documents, ISparseEncoder encoder, ProgressTask task,
        CancellationToken cancellationToken)
    {
        var description = task.Description;
        foreach (var batch in documents.Chunk(BatchSize))
        {
            var vectors = encoder.Encode(
                [.. batch.Select(document => document.Contents)], TextSide.Document, cancellationToken);
            foreach (var encoded in batch.Zip(vectors))
            {
                yield return encoded;
            }

            task.Increment(batch.Length);
            if (task.Speed is { } speed)
            {
                task.Description = $"{description}, {speed:F0} documents/s";
            }
        }
    }
}
