using Lucene.Net.Analysis;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using LuceneLsr.Documents;

namespace LuceneLsr.Indexing;

/// <summary>
/// An index writer for applications that create their fields elsewhere: it turns the named fields of each document, for
/// example a <see cref="TextField"/>, into an <see cref="ImpactField"/>, which needs no positions and no norms.
/// </summary>
/// <remarks>
/// A field that is not indexed, or already has frequencies but neither positions nor norms, stays as it is. Boosts,
/// term vectors and doc values of the others are dropped. An <see cref="ImpactBulkWriter"/> on this writer bypasses it:
/// it adds fields as they are.
/// </remarks>
/// <param name="directory">The directory of the index.</param>
/// <param name="config">The configuration. Its analyzer encodes the named fields.</param>
/// <param name="fields">The names of the fields that hold impacts.</param>
public class ImpactIndexWriter(
    Lucene.Net.Store.Directory directory, IndexWriterConfig config, params IEnumerable<string> fields)
    : IndexWriter(directory, config)
{
    // Initialized before the base class takes the write lock.
    private readonly HashSet<string> _fields =
        new(fields ?? throw new ArgumentNullException(nameof(fields)), StringComparer.Ordinal);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A named field has no text. The document is not added.</exception>
    public override void UpdateDocument(Term? term, IEnumerable<IIndexableField> doc, Analyzer analyzer) =>
        base.UpdateDocument(term, Convert(doc), analyzer);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A named field has no text. No document is added.</exception>
    public override void UpdateDocuments(
        Term? delTerm, IEnumerable<IEnumerable<IIndexableField>> docs, Analyzer analyzer) =>
        base.UpdateDocuments(delTerm, [.. docs.Select(Convert)], analyzer);

    private IIndexableField[] Convert(IEnumerable<IIndexableField> document) =>
        [.. document.Select(field => _fields.Contains(field.Name) ? Convert(field) : field)];

    private static IIndexableField Convert(IIndexableField field)
    {
        var type = field.IndexableFieldType;
        if (!type.IsIndexed || (type.OmitNorms && type.IndexOptions == IndexOptions.DOCS_AND_FREQS))
        {
            return field;
        }

        return new ImpactField(field.Name, ReadText(field), type.IsStored ? Field.Store.YES : Field.Store.NO);
    }

    private static string ReadText(IIndexableField field)
    {
        if (field.NumericType != NumericFieldType.NONE || (field as Field)?.GetTokenStreamValue() is not null)
        {
            throw CreateError(field);
        }

        using var reader = field.GetReaderValue();
        return reader?.ReadToEnd() ?? field.GetStringValue() ?? throw CreateError(field);
    }

    private static ArgumentException CreateError(IIndexableField field) => new(
        $"Field '{field.Name}' has no text to encode. Give it a string, or add an ImpactField with the vector.");
}
