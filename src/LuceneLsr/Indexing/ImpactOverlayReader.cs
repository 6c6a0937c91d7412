using Lucene.Net.Index;

namespace LuceneLsr.Indexing;

/// <summary>
/// Gives the documents of a segment other postings of an impact field, so that an index writer can merge both into an
/// ordinary segment.
/// </summary>
/// <param name="documents">The segment.</param>
/// <param name="fieldName">The field, which the segment need not have.</param>
/// <param name="terms">The field's terms with their postings, which may include deleted documents.</param>
internal sealed class ImpactOverlayReader(AtomicReader documents, string fieldName, Terms terms)
    : FilterAtomicReader(documents)
{
    public override FieldInfos FieldInfos { get; } =
        documents.FieldInfos.FieldInfo(fieldName)?.IsIndexed == true
            ? documents.FieldInfos
            : AddField(documents.FieldInfos, fieldName);

    public override Fields Fields { get; } = new OverlayFields(documents.Fields, fieldName, terms);

    // The number of a field that is stored but not indexed stays.
    private static FieldInfos AddField(FieldInfos infos, string field) => new(
    [
        .. infos.Where(info => info.Name != field),
        new FieldInfo(
            field, indexed: true,
            number: infos.FieldInfo(field)?.Number ?? infos.Select(info => info.Number).DefaultIfEmpty(-1).Max() + 1,
            storeTermVector: false, omitNorms: true, storePayloads: false, IndexOptions.DOCS_AND_FREQS,
            infos.FieldInfo(field)?.DocValuesType ?? DocValuesType.NONE, normsType: DocValuesType.NONE,
            attributes: null),
    ]);

    private sealed class OverlayFields(Fields? others, string field, Terms terms) : Fields
    {
        public override int Count => -1; // unknown

        public override IEnumerator<string> GetEnumerator() => new SortedSet<string>(
            others is null ? [field] : [field, .. others], StringComparer.Ordinal).GetEnumerator();

        public override Terms? GetTerms(string name) => name == field ? terms : others?.GetTerms(name);
    }
}
