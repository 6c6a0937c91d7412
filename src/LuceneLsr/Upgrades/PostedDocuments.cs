using Lucene.Net.Index;
using Lucene.Net.Util;

namespace LuceneLsr.Upgrades;

/// <summary>Finds the documents of a segment that have postings in a field.</summary>
internal static class PostedDocuments
{
    public static FixedBitSet Find(AtomicReader segment, string field)
    {
        var documents = new FixedBitSet(segment.MaxDoc);
        var terms = segment.GetTerms(field)?.GetEnumerator();
        var postings = default(DocsEnum);
        while (terms?.MoveNext() == true)
        {
            postings = terms.Docs(liveDocs: null, postings, DocsFlags.NONE);
            documents.Or(postings);
        }

        return documents;
    }
}
