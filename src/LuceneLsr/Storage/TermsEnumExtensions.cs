using Lucene.Net.Index;

namespace LuceneLsr.Storage;

/// <summary>Extends Lucene's <see cref="TermsEnum"/>.</summary>
internal static class TermsEnumExtensions
{
    /// <summary>Opens the current term's postings with frequencies, including deleted documents.</summary>
    public static DocsEnum OpenDocs(this TermsEnum term) =>
        term.Docs(liveDocs: null, reuse: null, DocsFlags.FREQS);
}
