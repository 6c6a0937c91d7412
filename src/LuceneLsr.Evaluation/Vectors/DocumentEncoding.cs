using LuceneLsr.Evaluation.Collections;

namespace LuceneLsr.Evaluation.Vectors;

/// <summary>Encodes the documents of a collection.</summary>
public static class DocumentEncoding
{
    private const int ChunkSize = 128; // an encoder sorts a chunk by length

    /// <summary>Encodes documents chunk by chunk, as the result is enumerated.</summary>
    /// <param name="encoder">The encoder of documents.</param>
    /// <param name="documents">The documents; the encoder may read them on another thread.</param>
    /// <param name="onEncoded">Receives the number of documents of each encoded chunk.</param>
    /// <param name="cancellationToken">Cancels the encoding.</param>
    public static IEnumerable<(BeirDocument Document, SparseVector Vector)> EncodeDocuments(
        this ISparseEncoder encoder, IEnumerable<BeirDocument> documents, Action<int>? onEncoded = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        ArgumentNullException.ThrowIfNull(documents);
        return Encode();

        IEnumerable<(BeirDocument, SparseVector)> Encode()
        {
            foreach (var (chunk, vectors) in encoder.EncodeChunks(
                documents.Chunk(ChunkSize), document => document.Contents, TextSide.Document, cancellationToken))
            {
                foreach (var encoded in chunk.Zip(vectors))
                {
                    yield return encoded;
                }

                onEncoded?.Invoke(chunk.Count);
            }
        }
    }
}
