using Lucene.Net.Index;
using Lucene.Net.Util;

namespace LuceneLsr.Indexing;

/// <summary>The terms of an impact field that an index writer merges: it reads them in order.</summary>
/// <param name="postings">Total number of postings.</param>
internal abstract class MergeableTerms(long postings) : Terms
{
    public override IComparer<BytesRef> Comparer => BytesRef.UTF8SortedAsUnicodeComparer;

    public override long Count => -1; // unknown

    public override long SumTotalTermFreq => -1; // unknown

    public override long SumDocFreq => postings;

    public override int DocCount => -1; // unknown

    public override bool HasFreqs => true;

    public override bool HasOffsets => false;

    public override bool HasPositions => false;

    public override bool HasPayloads => false;

    /// <summary>Enumerates terms in order. It never seeks.</summary>
    internal abstract class MergeableTermsEnum : TermsEnum
    {
        public override IComparer<BytesRef> Comparer => BytesRef.UTF8SortedAsUnicodeComparer;

        public override long Ord => throw new NotSupportedException();

        [Obsolete("Use MoveNext.")]
        public override BytesRef? Next() => MoveNext() ? Term : null;

        public override SeekStatus SeekCeil(BytesRef text) => throw new NotSupportedException();

        public override void SeekExact(long ord) => throw new NotSupportedException();

        public override DocsAndPositionsEnum? DocsAndPositions(
            IBits? liveDocs, DocsAndPositionsEnum? reuse, DocsAndPositionsFlags flags) => null;
    }
}
