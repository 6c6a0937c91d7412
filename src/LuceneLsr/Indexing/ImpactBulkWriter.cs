using Lucene.Net.Index;

namespace LuceneLsr.Indexing;

/// <summary>
/// Adds documents with precomputed vectors to an index, several times faster than with
/// <see cref="Documents.ImpactField"/>. It inverts batches of vectors in memory and merges them into the index as
/// ordinary segments, instead of emitting one token per unit of impact. The postings are the same.
/// </summary>
/// <remarks>
/// <para>Other fields of a document, including stored fields and doc values, are indexed with the analyzer, similarity
/// and codec of the index writer. Documents are only added, never updated. After a flush they belong to the index
/// writer, which commits, searches and merges them like all others. A deletion applies only to documents flushed before
/// it. Not safe for concurrent use.</para>
/// <para>A batch is flushed when it reaches <see cref="LiveIndexWriterConfig.RAMBufferSizeMB"/> or
/// <see cref="LiveIndexWriterConfig.MaxBufferedDocs"/> of the index writer, so memory use does not grow with the
/// collection.</para>
/// </remarks>
public sealed class ImpactBulkWriter : IDisposable
{
    private readonly IndexWriter _writer;
    private readonly string _field;
    private readonly ImpactScale _scale;
    private ImpactBatch? _batch; // null until a document is added
    private bool _isDisposed;

    /// <summary>Creates the writer.</summary>
    /// <param name="writer">
    /// Receives the documents. The caller keeps it open while this writer is in use, and closes it.
    /// </param>
    /// <param name="field">The field that holds the impacts.</param>
    /// <param name="scale">Converts weights to impacts.</param>
    public ImpactBulkWriter(IndexWriter writer, string field, ImpactScale scale)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(field);
        ArgumentNullException.ThrowIfNull(scale);
        (_writer, _field, _scale) = (writer, field, scale);
    }

    /// <summary>Adds a document.</summary>
    /// <param name="document">The other fields of the document; may be empty.</param>
    /// <param name="vector">The vector of the document.</param>
    /// <exception cref="ArgumentException">
    /// The document already has the impact field, or a term is not valid Unicode or longer than Lucene allows. The
    /// document is not added.
    /// </exception>
    public void Add(IEnumerable<IIndexableField> document, SparseVector vector)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(vector);
        IIndexableField[] fields = [.. document];
        if (fields.Any(field => field.Name == _field))
        {
            throw new ArgumentException(
                $"The document already has a field '{_field}', which is reserved for the vector. Rename that field.",
                nameof(document));
        }

        var impacts = _scale.Quantize(vector);
        InvertedImpacts.Validate(impacts, _field);
        if (_batch?.IsFull == true)
        {
            Flush(); // retries a flush that failed
        }

        _batch ??= new ImpactBatch(_writer.Config);
        _batch.Add(fields, impacts);
        if (_batch.IsFull)
        {
            Flush();
        }
    }

    /// <summary>
    /// Flushes the batch to the index writer. If that throws, the batch is kept and can be flushed again.
    /// </summary>
    public void Flush()
    {
        if (_batch is null)
        {
            return;
        }

        if (!_batch.IsEmpty)
        {
            _batch.WriteTo(_writer, _field);
        }

        _batch.Dispose();
        _batch = null;
        _writer.MaybeMerge(); // AddIndexes does not merge
    }

    /// <summary>Flushes the last batch. Neither commits nor closes the index writer.</summary>
    public void Dispose()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        try
        {
            Flush();
        }
        finally
        {
            _batch?.Dispose();
        }
    }
}
