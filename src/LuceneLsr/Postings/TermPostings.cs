using Lucene.Net.Index;

namespace LuceneLsr.Postings;

/// <summary>Finds a term in a segment.</summary>
internal static class TermPostings
{
    /// <summary>Its postings from the cache or else from the index, or null where the segment has none.</summary>
    public static PostingCursor? Open(AtomicReader reader, Term term, ImpactCache? cache)
    {
        if (cache?.Find(reader, term) is { } cached)
        {
            return cached.Open();
        }

        // A term that the segment lacks never comes to the cache: queries may ask for any number of these.
        return Seek(reader, term) is { } found
            ? cache?.Add(reader, term, found)?.Open() ?? OpenIndex(reader, term.Field, found)
            : null;
    }

    /// <summary>The segment's terms, at this one, or null where it is not among them.</summary>
    public static TermsEnum? Seek(AtomicReader reader, Term term) =>
        reader.GetTerms(term.Field)?.GetEnumerator() is { } terms && terms.SeekExact(term.Bytes) ? terms : null;

    /// <summary>A term's postings with their frequencies, deleted documents included.</summary>
    public static DocsEnum Docs(TermsEnum term) => term.Docs(liveDocs: null, reuse: null, DocsFlags.FREQS);

    private static PostingCursor OpenIndex(AtomicReader reader, string field, TermsEnum term) =>
        Lucene41Segment.Open(reader, field, term, LargestImpact(term))
        ?? new DocsEnumCursor(Docs(term), term.DocFreq, LargestImpact(term));

    // The other documents have at least one each. Not every segment knows the total, and says -1 then.
    private static int LargestImpact(TermsEnum term) => term.TotalTermFreq < 0
        ? int.MaxValue
        : (int)Math.Min(int.MaxValue, term.TotalTermFreq - term.DocFreq + 1);
}
