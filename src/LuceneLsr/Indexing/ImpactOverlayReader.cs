using Lucene.Net.Index;
using Lucene.Net.Util;

namespace LuceneLsr.Indexing;

/// <summary>
/// Adds an impact field, whose postings are in memory, to the documents of a segment, so that an index writer can merge
/// both into an ordinary segment.
/// </summary>
/// <param name="documents">The segment without the field.</param>
/// <param name="fieldName">The field to add.</param>
/// <param name="terms">The field's terms in index order with their postings, which include deleted documents.</param>
/// <param name="postings">Total number of postings.</param>
internal sealed class ImpactOverlayReader(
    AtomicReader documents, string fieldName, (BytesRef Term, InvertedImpacts.PostingLists Postings)[] terms,
    long postings)
    : FilterAtomicReader(documents)
{
    public override FieldInfos FieldInfos { get; } = new(
    [
        .. documents.FieldInfos,
        new FieldInfo(
            fieldName, indexed: true,
            number: documents.FieldInfos.Select(info => info.Number).DefaultIfEmpty(-1).Max() + 1,
            storeTermVector: false, omitNorms: true, storePayloads: false, IndexOptions.DOCS_AND_FREQS,
            DocValuesType.NONE, normsType: DocValuesType.NONE, attributes: null),
    ]);

    public override Fields Fields { get; } =
        new OverlayFields(documents.Fields, fieldName, new ImpactTerms(terms, postings));

    private sealed class OverlayFields(Fields? others, string field, Terms terms) : Fields
    {
        public override int Count => (others?.Count ?? 0) + 1;

        public override IEnumerator<string> GetEnumerator() => new SortedSet<string>(
            others is null ? [field] : [field, .. others], StringComparer.Ordinal).GetEnumerator();

        public override Terms? GetTerms(string name) => name == field ? terms : others?.GetTerms(name);
    }

    private sealed class ImpactTerms((BytesRef, InvertedImpacts.PostingLists)[] terms, long postings) : Terms
    {
        public override IComparer<BytesRef> Comparer => BytesRef.UTF8SortedAsUnicodeComparer;

        public override long Count => terms.Length;

        public override long SumTotalTermFreq => -1; // unknown

        public override long SumDocFreq => postings;

        public override int DocCount => -1; // unknown

        public override bool HasFreqs => true;

        public override bool HasOffsets => false;

        public override bool HasPositions => false;

        public override bool HasPayloads => false;

        public override TermsEnum GetEnumerator() => new ImpactTermsEnum(terms);
    }

    // Merging reads the terms in order and never seeks.
    private sealed class ImpactTermsEnum((BytesRef Term, InvertedImpacts.PostingLists Postings)[] terms) : TermsEnum
    {
        private int _index = -1;

        public override IComparer<BytesRef> Comparer => BytesRef.UTF8SortedAsUnicodeComparer;

        public override BytesRef Term => terms[_index].Term;

        public override long Ord => throw new NotSupportedException();

        public override int DocFreq => terms[_index].Postings.Documents.Count;

        public override long TotalTermFreq => terms[_index].Postings.Impacts.Sum(impact => (long)impact);

        public override bool MoveNext() => ++_index < terms.Length;

        [Obsolete("Use MoveNext.")]
        public override BytesRef? Next() => MoveNext() ? Term : null;

        public override SeekStatus SeekCeil(BytesRef text) => throw new NotSupportedException();

        public override void SeekExact(long ord) => throw new NotSupportedException();

        public override DocsEnum Docs(IBits? liveDocs, DocsEnum? reuse, DocsFlags flags) =>
            new PostingListEnum(terms[_index].Postings, liveDocs);

        public override DocsAndPositionsEnum? DocsAndPositions(
            IBits? liveDocs, DocsAndPositionsEnum? reuse, DocsAndPositionsFlags flags) => null;
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
