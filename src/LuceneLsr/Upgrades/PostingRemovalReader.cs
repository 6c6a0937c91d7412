using Lucene.Net.Index;

namespace LuceneLsr.Upgrades;

/// <summary>Hides the postings and norms of a field. Its stored values and doc values stay.</summary>
internal sealed class PostingRemovalReader(AtomicReader segment, string field) : FilterAtomicReader(segment)
{
    public override Fields Fields { get; } = new OtherFields(segment.Fields, field);

    public override NumericDocValues? GetNormValues(string name) => name == field ? null : base.GetNormValues(name);

    private sealed class OtherFields(Fields all, string field) : FilterFields(all)
    {
        public override int Count => -1; // unknown

        public override IEnumerator<string> GetEnumerator()
        {
            var fields = base.GetEnumerator();
            while (fields.MoveNext())
            {
                if (fields.Current != field)
                {
                    yield return fields.Current;
                }
            }
        }

        public override Terms? GetTerms(string name) => name == field ? null : base.GetTerms(name);
    }
}
