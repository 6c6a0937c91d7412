using Lucene.Net.Index;
using Lucene.Net.Store;
using Lucene.Net.Util;

namespace LuceneLsr.Indexing;

/// <summary>Buffers documents in an index in memory, and their impacts next to it.</summary>
internal sealed class ImpactBatch : IDisposable
{
    private readonly LiveIndexWriterConfig _config;
    private readonly RAMDirectory _directory = new();
    private readonly IndexWriter _documents;
    private readonly InvertedImpacts _impacts = new();
    private int _count;
    private bool _isSealed;

    public ImpactBatch(LiveIndexWriterConfig config)
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
        writer.AddIndexes(new ImpactOverlayReader(documents, field, _impacts.ToTerms()));
    }

    public void Dispose()
    {
        _documents.Dispose();
        _directory.Dispose();
    }

    private static bool IsReached(double limit, double value) =>
        limit != IndexWriterConfig.DISABLE_AUTO_FLUSH && limit > 0 && value >= limit;
}
