using Lucene.Net.Codecs;
using Lucene.Net.Codecs.PerField;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Util;
using LuceneLsr.Storage;
using LuceneLsr.Storage.Cursors;
using LuceneLsr.Storage.Packing;

namespace LuceneLsr.Codecs.Lucene41;

/// <summary>
/// Reads postings that Lucene's default codec has written block by block, because the codec's own enumerator returns
/// only one posting per call. The ".doc" files of a segment are opened once per segment core, and closed with it.
/// </summary>
internal sealed class Lucene41PostingsFiles : SegmentReader.ICoreDisposedListener
{
    private const string FormatName = "Lucene41";

    private static readonly PerSegmentCore<Lucene41PostingsFiles> Cores = new(() => new());

    // By segment suffix; null if the file is not supported.
    private readonly Dictionary<string, Lucene41DocFile?> _files = new(StringComparer.Ordinal);

    private bool _isClosed;

    /// <summary>
    /// Opens a cursor over a term's postings, or returns null if they are not stored in a supported ".doc" file.
    /// </summary>
    /// <param name="reader">The segment.</param>
    /// <param name="field">The term's field.</param>
    /// <param name="term">The segment's terms, positioned on the term.</param>
    public static PackedPostingCursor? TryOpenCursor(AtomicReader reader, string field, TermsEnum term) =>
        TryOpenField(reader, field, term) is var (file, info) ? TryOpenCursor(file, info, term) : null;

    /// <summary>
    /// Gets the file of a field, for opening many of its terms, or returns null if it is not supported or if the term
    /// has a single posting, which is not in the file.
    /// </summary>
    /// <param name="reader">The segment.</param>
    /// <param name="field">The field.</param>
    /// <param name="term">The segment's terms, positioned on a term.</param>
    public static (Lucene41DocFile File, FieldInfo Info)? TryOpenField(
        AtomicReader reader, string field, TermsEnum term) =>
        term.DocFreq > 1
        && reader is SegmentReader segment
        && segment.FieldInfos.FieldInfo(field) is { IndexOptions: >= IndexOptions.DOCS_AND_FREQS } info
        && info.GetAttribute(PerFieldPostingsFormat.PER_FIELD_FORMAT_KEY) == FormatName
        && Cores.GetOrCreate(segment).GetFile(segment, info, term) is { } file
            ? (file, info)
            : null;

    /// <summary>
    /// Opens a cursor over a term's postings, or returns null if it has a single one, which the dictionary stores.
    /// </summary>
    public static PackedPostingCursor? TryOpenCursor(Lucene41DocFile file, FieldInfo info, TermsEnum term) =>
        term.GetTermState() is BlockTermState { DocFreq: > 1 } state ? file.OpenCursor(info, state) : null;

    void SegmentReader.ICoreDisposedListener.OnDispose(object ownerCoreCacheKey)
    {
        lock (_files)
        {
            _isClosed = true;
            IOUtils.Dispose(_files.Values);
            _files.Clear();
        }
    }

    private Lucene41DocFile? GetFile(SegmentReader segment, FieldInfo info, TermsEnum term)
    {
        var suffix = $"{FormatName}_{info.GetAttribute(PerFieldPostingsFormat.PER_FIELD_SUFFIX_KEY)}";
        lock (_files)
        {
            if (!_isClosed && !_files.ContainsKey(suffix))
            {
                _files[suffix] = TryOpenVerified(segment.SegmentInfo.Info, suffix, info, term);
            }

            return _files.GetValueOrDefault(suffix);
        }
    }

    // The file of an open segment may have been deleted or replaced since, so the postings of the first requested term
    // are compared with those that the segment returns.
    private static Lucene41DocFile? TryOpenVerified(SegmentInfo segment, string suffix, FieldInfo info, TermsEnum term)
    {
        Lucene41DocFile? file = null;
        try
        {
            file = Lucene41DocFile.TryOpen(segment, suffix);
            if (file is not null
                && HasSamePostings(file.OpenCursor(info, (BlockTermState)term.GetTermState()), term.OpenDocs()))
            {
                return file;
            }
        }
        catch (Exception exception)
            when (exception is IOException or UnauthorizedAccessException || CorruptPostings.IsSymptom(exception))
        {
            // the segment can still be read through Lucene's enumerator
        }

        file?.Dispose();
        return null;
    }

    private static bool HasSamePostings(PackedPostingCursor postings, DocsEnum docs)
    {
        int[] documents = new int[BlockCursor.BlockSize], impacts = new int[BlockCursor.BlockSize];
        while (postings.ReadBlock(target: 0, documents, impacts) is > 0 and var count)
        {
            for (var i = 0; i < count; i++)
            {
                if (docs.NextDoc() != documents[i] || docs.Freq != impacts[i])
                {
                    return false;
                }
            }
        }

        return docs.NextDoc() == DocIdSetIterator.NO_MORE_DOCS;
    }
}
