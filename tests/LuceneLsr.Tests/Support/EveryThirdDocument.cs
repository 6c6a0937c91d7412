using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Util;

namespace LuceneLsr.Tests.Support;

/// <summary>
/// A filter that lets every third document of a segment through, if it is not deleted. Lucene asks it document by
/// document instead of iterating.
/// </summary>
/// <param name="isBitSet">Whether the filter is a bit set, or computes each answer.</param>
internal sealed class EveryThirdDocument(bool isBitSet) : Filter
{
    public override DocIdSet GetDocIdSet(AtomicReaderContext context, IBits? acceptDocs)
    {
        var bits = new FixedBitSet(context.Reader.MaxDoc);
        for (var document = 0; document < context.Reader.MaxDoc; document += 3)
        {
            if (acceptDocs?.Get(document) != false)
            {
                bits.Set(document);
            }
        }

        return isBitSet ? bits : new Computed(bits);
    }

    private sealed class Computed(FixedBitSet set) : DocIdSet, IBits
    {
        public override IBits Bits => this;

        public int Length => set.Length;

        public bool Get(int index) => set.Get(index);

        public override DocIdSetIterator GetIterator() => set.GetIterator();
    }
}
