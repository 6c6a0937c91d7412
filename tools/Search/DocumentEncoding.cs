using LuceneLsr.Encoding;
using LuceneLsr.Evaluation.Collections;
using Spectre.Console;

namespace LuceneLsr.Tools.Search;

/// <summary>Encodes documents under a progress bar that tells how many of them a second.</summary>
internal static class DocumentEncoding
{
    private const int Window = 128; // documents that are sorted by length

    /// <summary>The documents with their vectors, encoded window by window as they are asked for.</summary>
    public static IEnumerable<(BeirDocument Document, SparseVector Vector)> Run(
        IEnumerable<BeirDocument> documents, ISparseEncoder encoder, ProgressTask task,
        CancellationToken cancellationToken)
    {
        var description = task.Description;
        foreach (var (window, vectors) in encoder.EncodeWindows(
            documents.Chunk(Window), document => document.Contents, TextSide.Document, cancellationToken))
        {
            foreach (var encoded in window.Zip(vectors))
            {
                yield return encoded;
            }

            task.Increment(window.Count);
            if (task.Speed is { } speed)
            {
                task.Description = $"{description}, {speed:F0} documents/s";
            }
        }
    }
}
