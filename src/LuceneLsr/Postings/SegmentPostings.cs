using Lucene.Net.Index;
using Lucene.Net.Util;
using LuceneLsr.Codecs.Impact;
using LuceneLsr.Codecs.Lucene41;
using LuceneLsr.Storage;
using LuceneLsr.Storage.Cursors;

namespace LuceneLsr.Postings;

/// <summary>
/// Opens the postings of a field's terms in a segment, each from the fastest source: mapped postings of the
/// <see cref="ImpactPostingsFormat"/>, the cache, the default codec's blocks, or Lucene's enumerator. Use one instance
/// for all terms of a query, because it keeps the term dictionary open.
/// </summary>
/// <param name="reader">The segment.</param>
/// <param name="field">The field.</param>
/// <param name="cache">The cache, or null for none.</param>
internal sealed class SegmentPostings(AtomicReader reader, string field, ImpactCache? cache)
{
    private readonly bool _usesImpactFormat = ImpactPostingsFormat.IsUsedBy(reader, field);

    private TermsEnum? _terms;
    private (Lucene41DocFile File, FieldInfo Info)? _mapped;

    /// <summary>
    /// Opens a cursor over all postings of a term, or returns null if the segment does not have the term.
    /// </summary>
    public PostingCursor? TryOpenCursor(Term term) => TryOpen(
        term,
        found => (PostingCursor?)Lucene41PostingsFiles.TryOpenCursor(reader, field, found) ?? OpenDocsEnum(found));

    /// <summary>
    /// Opens a cursor for looking up a few documents, or returns null if the segment does not have the term. It uses
    /// the skip lists of the default codec.
    /// </summary>
    public PostingCursor? TryOpenLookupCursor(Term term) => TryOpen(term, OpenDocsEnum);

    /// <summary>
    /// Opens a cursor for looking up a few documents in each term of the segment, in the order of the index. Term and
    /// cursor are valid until the next one. It adds nothing to the cache, which all terms might fill.
    /// </summary>
    /// <exception cref="CorruptIndexException">The dictionary is damaged.</exception>
    public IEnumerable<(BytesRef Term, PostingCursor Cursor)> OpenLookupCursors()
    {
        foreach (var found in reader.GetTerms(field)?.Walk(reader.MaxDoc) ?? [])
        {
            var cursor = FindCached(found) ?? OpenMapped(found) ?? OpenDocsEnum(found);
            yield return (found.Term, cursor);
            cursor.ReturnBuffers();
        }
    }

    /// <summary>
    /// Returns the segment's terms positioned on a term, valid until the next call, or null if the segment does not
    /// have the term.
    /// </summary>
    /// <exception cref="CorruptIndexException">The term's entry in the dictionary is damaged.</exception>
    public TermsEnum? TrySeek(Term term)
    {
        _terms ??= reader.GetTerms(field)?.GetEnumerator();
        if (_terms?.SeekExact(term.Bytes) != true)
        {
            return null;
        }

        CorruptPostings.RequireDocFreq(_terms, reader.MaxDoc);
        return _terms;
    }

    private PostingCursor? TryOpen(Term term, Func<TermsEnum, PostingCursor> openFromIndex)
    {
        if (cache?.Find(reader, term) is { } cached)
        {
            return cached.OpenCursor();
        }

        // Terms that the segment does not have are never cached: queries may ask for any number of them.
        return TrySeek(term) is { } found ? TryOpenFast(term, found) ?? openFromIndex(found) : null;
    }

    // Postings that are mapped in a fast layout are not cached.
    private BlockCursor? TryOpenFast(Term term, TermsEnum found)
    {
        var mapped = _usesImpactFormat ? (ImpactDocsEnum)found.OpenDocs() : null;
        return mapped?.IsFast == true
            ? mapped.OpenCursor()
            : cache?.GetOrAdd(reader, term, found)?.OpenCursor() ?? mapped?.OpenCursor();
    }

    private PostingCursor? FindCached(TermsEnum term) =>
        cache?.Find(reader, new Term(field, BytesRef.DeepCopyOf(term.Term)))?.OpenCursor();

    private PostingCursor? OpenMapped(TermsEnum term) => _usesImpactFormat
        ? ((ImpactDocsEnum)term.OpenDocs()).OpenCursor()
        : (_mapped ??= Lucene41PostingsFiles.TryOpenField(reader, field, term)) is var (file, info)
            ? Lucene41PostingsFiles.TryOpenCursor(file, info, term)
            : null;

    private static DocsEnumCursor OpenDocsEnum(TermsEnum term) =>
        new(term.OpenDocs(), term.DocFreq, GetMaxImpactBound(term));

    // All other documents have an impact of at least 1. A segment without total frequencies returns -1.
    private static int GetMaxImpactBound(TermsEnum term) => term.TotalTermFreq < 0
        ? int.MaxValue
        : (int)Math.Min(int.MaxValue, term.TotalTermFreq - term.DocFreq + 1);
}
