using Lucene.Net.Index;
using LuceneLsr.Codecs.Impact;
using LuceneLsr.Codecs.Lucene41;
using LuceneLsr.Storage.Cursors;

namespace LuceneLsr.Postings;

/// <summary>Finds terms of a field in a segment; one after the other takes less than each by itself.</summary>
/// <param name="reader">The segment.</param>
/// <param name="field">The field.</param>
/// <param name="cache">Where fast postings are kept, if anywhere.</param>
internal sealed class SegmentPostings(AtomicReader reader, string field, ImpactCache? cache)
{
    private readonly bool _isLaidOut = ImpactPostingsFormat.IsUsedBy(reader, field);

    private TermsEnum? _terms;

    /// <summary>A term's postings with their frequencies, deleted documents included.</summary>
    public static DocsEnum Docs(TermsEnum term) => term.Docs(liveDocs: null, reuse: null, DocsFlags.FREQS);

    /// <summary>A term's postings from the cache or else from the index, or null where the segment has none.</summary>
    public PostingCursor? Open(Term term) =>
        Open(term, found => (PostingCursor?)Lucene41PostingsFiles.Open(reader, field, found) ?? OpenIndex(found));

    /// <summary>As <see cref="Open(Term)"/>, to look up few documents: the default codec's skip lists serve that.</summary>
    public PostingCursor? OpenForLookups(Term term) => Open(term, OpenIndex);

    /// <summary>The segment's terms, at this one until the next call, or null where it is not among them.</summary>
    public TermsEnum? Seek(Term term)
    {
        _terms ??= reader.GetTerms(field)?.GetEnumerator();
        return _terms?.SeekExact(term.Bytes) == true ? _terms : null;
    }

    private PostingCursor? Open(Term term, Func<TermsEnum, PostingCursor> openIndex)
    {
        if (cache?.Find(reader, term) is { } cached)
        {
            return cached.Open();
        }

        // A term that is not there never comes to the cache: queries may ask for any number of these.
        return Seek(term) is { } found ? OpenFast(term, found) ?? openIndex(found) : null;
    }

    // The cache holds nothing that is mapped in its own layout.
    private PostingCursor? OpenFast(Term term, TermsEnum found)
    {
        var laidOut = _isLaidOut ? (ImpactDocsEnum)Docs(found) : null;
        return laidOut?.IsFast == true
            ? laidOut.OpenCursor()
            : cache?.Add(reader, term, found)?.Open() ?? laidOut?.OpenCursor();
    }

    private static DocsEnumCursor OpenIndex(TermsEnum term) => new(Docs(term), term.DocFreq, MaxImpact(term));

    // The other documents have at least one each. Not every segment knows the total, and says -1 then.
    private static int MaxImpact(TermsEnum term) => term.TotalTermFreq < 0
        ? int.MaxValue
        : (int)Math.Min(int.MaxValue, term.TotalTermFreq - term.DocFreq + 1);
}
