using Lucene.Net.Index;
using Lucene.Net.Util;
using LuceneLsr.Indexing;

namespace LuceneLsr.Upgrades;

/// <summary>
/// The union of the terms of two impact fields that number documents alike. Each document has postings in at most one
/// of them.
/// </summary>
internal sealed class CombinedTerms(Terms one, Terms other) : MergeableTerms(one.SumDocFreq + other.SumDocFreq)
{
    /// <summary>Combines terms, either of which may be null.</summary>
    public static Terms? Combine(Terms? one, Terms? other) =>
        one is null ? other : other is null ? one : new CombinedTerms(one, other);

    public override TermsEnum GetEnumerator() => new CombinedTermsEnum(one.GetEnumerator(), other.GetEnumerator());

    private sealed class CombinedTermsEnum(TermsEnum one, TermsEnum other) : MergeableTermsEnum
    {
        private bool _hasOne, _hasOther; // whether there is a term left
        private bool _usesOne = true, _usesOther = true; // whether it is the current one

        public override BytesRef Term => _usesOne ? one.Term : other.Term;

        public override int DocFreq => (_usesOne ? one.DocFreq : 0) + (_usesOther ? other.DocFreq : 0);

        public override long TotalTermFreq =>
            (_usesOne ? one.TotalTermFreq : 0) + (_usesOther ? other.TotalTermFreq : 0);

        public override bool MoveNext()
        {
            _hasOne = _usesOne ? one.MoveNext() : _hasOne;
            _hasOther = _usesOther ? other.MoveNext() : _hasOther;
            var order = !_hasOther ? -1 : !_hasOne ? 1 : Comparer.Compare(one.Term, other.Term);
            (_usesOne, _usesOther) = (order <= 0 && _hasOne, order >= 0 && _hasOther);
            return _usesOne || _usesOther;
        }

        public override DocsEnum Docs(IBits? liveDocs, DocsEnum? reuse, DocsFlags flags)
        {
            var docs = _usesOne ? one.Docs(liveDocs, null, flags) : null;
            var others = _usesOther ? other.Docs(liveDocs, null, flags) : null;
            return docs is null ? others! : others is null ? docs : new CombinedDocsEnum(docs, others);
        }
    }

    private sealed class CombinedDocsEnum(DocsEnum one, DocsEnum other) : DocsEnum
    {
        private DocsEnum? _current;

        public override int DocID => _current?.DocID ?? -1;

        public override int Freq => _current!.Freq;

        public override int NextDoc()
        {
            if (_current is null)
            {
                one.NextDoc();
                other.NextDoc();
            }
            else if (_current.DocID != NO_MORE_DOCS)
            {
                _current.NextDoc();
            }

            _current = one.DocID < other.DocID ? one : other;
            return DocID;
        }

        public override int Advance(int target) => SlowAdvance(target);

        public override long GetCost() => one.GetCost() + other.GetCost();
    }
}
