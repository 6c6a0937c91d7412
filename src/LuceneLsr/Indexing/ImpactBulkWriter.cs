using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Store;
using Lucene.Net.Util;

namespace LuceneLsr.Indexing;

/// <summary>
/// Adds documents with ready vectors to an index without emitting a token for each unit of impact: batches are inverted
/// in memory and merged into the index as ordinary segments, several times faster than by
/// <see cref="Documents.ImpactField"/>, with the same postings.
/// </summary>
/// <remarks>
/// <para>A document's other fields, stored ones and doc values too, are indexed by the writer's own analyzer, similarity
/// and codec. Documents are added, never updated. They are in the index writer once the batch is flushed, and are
/// committed, searched and merged with all else in it; a deletion by the index writer reaches only what was flushed
/// before. Not safe for several threads.</para>
/// <para>A batch is flushed when it takes the writer's <see cref="LiveIndexWriterConfig.RAMBufferSizeMB"/> or has its
/// <see cref="LiveIndexWriterConfig.MaxBufferedDocs"/> documents, so memory does not grow with the collection.</para>
/// </remarks>
public sealed class ImpactBulkWriter : IDisposable
{
    private readonly IndexWriter _writer;
    private readonly string _field;
    private readonly ImpactScale _scale;
    private Batch? _batch; // none until a document comes
    private bool _isDisposed;

    /// <summary>Creates the writer.</summary>
    /// <param name="writer">Takes the documents; it stays open, and has to while this writer is used.</param>
    /// <param name="field">The field that holds the impacts.</param>
    /// <param name="scale">Turns weights into impacts.</param>
    public ImpactBulkWriter(IndexWriter writer, string field, ImpactScale scale)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(field);
        ArgumentNullException.ThrowIfNull(scale);
        (_writer, _field, _scale) = (writer, field, scale);
    }

    /// <summary>Adds a document.</summary>
    /// <param name="document">Its other fields; may be empty.</param>
    /// <param name="vector">Its vector.</param>
    /// <exception cref="ArgumentException">
    /// The document has the impact field already, or a term is no text or longer than Lucene takes; it is then not
    /// added.
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
                $"The document has a field '{_field}', which is the vector's; store its text under another name.",
                nameof(document));
        }

        var impacts = _scale.Quantize(vector);
        InvertedImpacts.Validate(impacts, _field);
        if (_batch?.IsFull == true)
        {
            Flush(); // in vain the last time
        }

        _batch ??= new Batch(_writer.Config);
        _batch.Add(fields, impacts);
        if (_batch.IsFull)
        {
            Flush();
        }
    }

    /// <summary>Hands the batch to the index writer. What it throws leaves the batch as it is, to be tried again.</summary>
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
        _writer.MaybeMerge(); // which adding a batch does not ask for
    }

    /// <summary>Hands over what is left. The index writer is neither committed nor closed.</summary>
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

    /// <summary>Documents in an index of their own, in memory, and beside it their impacts.</summary>
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
                MergePolicy = NoMergePolicy.COMPOUND_FILES, // keeps the order of documents
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
                _isSealed = true; // the document may have taken a number: those behind it would get each other's impacts
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
                    $"A failure has lost {_count - reader.MaxDoc} of the {_count} documents that were buffered: "
                    + "start again from the index's last commit.");
            }

            var documents = SlowCompositeReaderWrapper.Wrap(reader);
            writer.AddIndexes(new ImpactOverlayReader(documents, field, _impacts.Sorted(), _impacts.Count));
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
