using Lucene.Net.Index;

namespace LuceneLsr.Inspection;

/// <summary>The impacts of a document as an index stores them.</summary>
public static class StoredImpacts
{
    /// <summary>
    /// Reads the impacts of a document. An index is inverted, so this looks into the postings of every term of the
    /// document's segment.
    /// </summary>
    /// <param name="reader">The reader.</param>
    /// <param name="field">The field that holds the impacts.</param>
    /// <param name="document">The number of the document in the reader.</param>
    /// <returns>The impacts, largest first, ties by ordinal term. None if the segment has no such field.</returns>
    public static IReadOnlyList<TermImpact> Read(IndexReader reader, string field, int document)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(field);
        var leaf = reader.Leaves[ReaderUtil.SubIndex(document, reader.Leaves)];
        if (leaf.AtomicReader.GetTerms(field) is not { } terms)
        {
            return [];
        }

        var impacts = new List<TermImpact>();
        DocsEnum? reuse = null;
        for (var term = terms.GetEnumerator(); term.MoveNext();)
        {
            reuse = term.Docs(null, reuse, DocsFlags.FREQS);
            if (reuse.Advance(document - leaf.DocBase) == document - leaf.DocBase)
            {
                impacts.Add(new TermImpact(term.Term.Utf8ToString(), reuse.Freq));
            }
        }

        return [.. impacts.OrderByDescending(term => term.Impact).ThenBy(term => term.Term, StringComparer.Ordinal)];
    }
}
