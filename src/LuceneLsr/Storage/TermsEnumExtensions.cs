using Lucene.Net.Index;

namespace LuceneLsr.Storage;

/// <summary>Extends Lucene's <see cref="TermsEnum"/> and <see cref="Terms"/>.</summary>
internal static class TermsEnumExtensions
{
    /// <summary>Opens the current term's postings with frequencies, including deleted documents.</summary>
    public static DocsEnum OpenDocs(this TermsEnum term) =>
        term.Docs(liveDocs: null, reuse: null, DocsFlags.FREQS);

    /// <summary>Enumerates the terms of a segment. Each element is the same enumerator, on the next term.</summary>
    /// <param name="terms">The terms.</param>
    /// <param name="maxDoc">Number of documents in the segment.</param>
    /// <exception cref="CorruptIndexException">The dictionary is damaged.</exception>
    public static IEnumerable<TermsEnum> Walk(this Terms terms, int maxDoc)
    {
        var term = terms.GetEnumerator();
        for (var seen = 1L; term.MoveNext(); seen++)
        {
            if (terms.Count >= 0 && seen > terms.Count) // a damaged dictionary can lead back to its start
            {
                throw CorruptPostings.CreateError();
            }

            CorruptPostings.RequireDocFreq(term, maxDoc);
            yield return term;
        }
    }
}
