using LuceneLsr.Evaluation.Collections;
using LuceneLsr.Evaluation.Runs;
using LuceneLsr.Tools.Common;
using LuceneLsr.Tools.Common.Output;
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
        var progress = new DocumentProgress(task);
        foreach (var (window, vectors) in encoder.EncodeChunks(
            documents.Chunk(Window), document => document.Contents, TextSide.Document, cancellationToken))
        {
            foreach (var encoded in window.Zip(vectors))
            {
                yield return encoded;
            }

            progress.Add(window.Count);
        }
    }
}
