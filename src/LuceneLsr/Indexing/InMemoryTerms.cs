using Lucene.Net.Index;
using Lucene.Net.Util;

namespace LuceneLsr.Indexing;

/// <summary>The terms of a field whose postings are in memory. It can be merged, but not searched.</summary>
/// <param name="terms">The terms in index order with their postings.</param>
/// <param name="postings">Total number of postings.</param>
internal sealed class InMemoryTerms((BytesRef Term, InvertedImpacts.PostingLists Postings)[] terms, long postings)
    : MergeableTerms(postings)
{
    public override long Count => terms.Length;

    public override TermsEnum GetEnumerator() => new InMemoryTermsEnum(terms);

    private sealed class InMemoryTermsEnum((BytesRef Term, InvertedImpacts.PostingLists Postings)[] terms)
        : MergeableTermsEnum
    {
        private int _index = -1;

        public override BytesRef Term => terms[_index].Term;

        public override int DocFreq => terms[_index].Postings.Documents.Count;

        public override long TotalTermFreq => terms[_index].Postings.Impacts.Sum(impact => (long)impact);

        public override bool MoveNext() => ++_index < terms.Length;

        public override DocsEnum Docs(IBits? liveDocs, DocsEnum? reuse, DocsFlags flags) =>
            new PostingListEnum(terms[_index].Postings, liveDocs);
    }

    private sealed class PostingListEnum(InvertedImpacts.PostingLists postings, IBits? live) : DocsEnum
    {
        private int _index = -1;

        public override int DocID => _index < 0 ? -1
            : _index < postings.Documents.Count ? postings.Documents[_index] : NO_MORE_DOCS;

        public override int Freq => postings.Impacts[_index];

        public override int NextDoc()
        {
            do
            {
                _index++;
            }
            while (_index < postings.Documents.Count && live?.Get(postings.Documents[_index]) == false);
            return DocID;
        }

        public override int Advance(int target) => SlowAdvance(target);

        public override long GetCost() => postings.Documents.Count;
    }
}
