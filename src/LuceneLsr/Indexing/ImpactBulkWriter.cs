using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Store;
using Lucene.Net.Util;

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
    private Batch? _batch; // null until a document is added
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
                $"The document already has a field '{_field}', which holds the vector. Use another name for its field.",
                nameof(document));
        }

        var impacts = _scale.Quantize(vector);
        InvertedImpacts.Validate(impacts, _field);
        if (_batch?.IsFull == true)
        {
            Flush(); // retries a flush that failed
        }

        _batch ??= new Batch(_writer.Config);
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

    /// <summary>Buffers documents in an index in memory, and their impacts next to it.</summary>
    private sealed class Batch : IDisposable
    {
        private readonly LiveIndexWriterConfig _config;
        private readonly RAMDirectory _directory = new();
        private readonly IndexWriter _documents;
        private readonly InvertedImpacts _impacts = new();
        private int _count;
        private bool _isSealed;

        public Batch(LiveIndexWriterConfig config)
        {
            _config = config;
            _documents = new IndexWriter(_directory, new IndexWriterConfig(LuceneVersion.LUCENE_48, config.Analyzer)
            {
                Similarity = config.Similarity,
                Codec = config.Codec,
                MergePolicy = NoMergePolicy.COMPOUND_FILES, // merging would change the document order
            });
        }

        public bool IsEmpty => _count == 0;

        public bool IsFull =>
            _isSealed
            || IsReached(_config.MaxBufferedDocs, _count)
            || IsReached(_config.RAMBufferSizeMB * (1 << 20), Size);

        private long Size => _impacts.SizeInBytes + _documents.RamSizeInBytes() + _directory.GetSizeInBytes();

        public void Add(IIndexableField[] fields, IReadOnlyList<TermImpact> impacts)
        {
            try
            {
                _documents.AddDocument(fields);
            }
            catch
            {
                _isSealed = true; // the document may have taken an id, and later impacts would be shifted by one
                throw;
            }

            _impacts.Add(_count++, impacts);
        }

        public void WriteTo(IndexWriter writer, string field)
        {
            using var reader = DirectoryReader.Open(_documents, applyAllDeletes: true);
            if (reader.MaxDoc < _count)
            {
                throw new IOException(
                    $"An earlier error lost {_count - reader.MaxDoc} of {_count} buffered documents. Start again from "
                    + "the last commit of the index.");
            }

            var documents = SlowCompositeReaderWrapper.Wrap(reader);
            writer.AddIndexes(new ImpactOverlayReader(documents, field, _impacts.ToSortedTerms(), _impacts.Count));
        }

        public void Dispose()
        {
            _documents.Dispose();
            _directory.Dispose();
        }

        private static bool IsReached(double limit, double value) =>
            limit != IndexWriterConfig.DISABLE_AUTO_FLUSH && limit > 0 && value >= limit;
    }
}
