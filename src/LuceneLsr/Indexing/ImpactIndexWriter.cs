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
public class ImpactIndexWriter : IndexWriter
{
    private readonly Dictionary<string, string[]> _targets;

    /// <summary>Creates the writer.</summary>
    /// <param name="directory">The directory of the index.</param>
    /// <param name="config">The configuration. Its analyzer encodes the named fields.</param>
    /// <param name="fields">The names of the fields that hold impacts.</param>
    public ImpactIndexWriter(
        Lucene.Net.Store.Directory directory, IndexWriterConfig config, params IEnumerable<string> fields)
        : this(
            directory, config,
            (fields ?? throw new ArgumentNullException(nameof(fields))).Distinct(StringComparer.Ordinal)
                .Select(field => KeyValuePair.Create<string, IEnumerable<string>>(field, [field])))
    {
    }

    /// <summary>
    /// Creates a writer that fills several versions of a field, for example while a new encoder replaces another.
    /// </summary>
    /// <param name="directory">The directory of the index.</param>
    /// <param name="config">The configuration. Its analyzer encodes the versions.</param>
    /// <param name="versions">
    /// For each field of the documents, the names of the fields that hold impacts of its text. If its own name is not
    /// among them, the field itself is only stored, if it was to be stored.
    /// </param>
    public ImpactIndexWriter(
        Lucene.Net.Store.Directory directory, IndexWriterConfig config,
        IEnumerable<KeyValuePair<string, IEnumerable<string>>> versions)
        : this(
            directory, config,
            (versions ?? throw new ArgumentNullException(nameof(versions)))
                .ToDictionary(field => field.Key, field => field.Value.ToArray(), StringComparer.Ordinal))
    {
    }

    // The arguments are checked before the base class takes the write lock.
    private ImpactIndexWriter(
        Lucene.Net.Store.Directory directory, IndexWriterConfig config, Dictionary<string, string[]> targets)
        : base(directory, config) => _targets = targets;

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
    [
        .. document.SelectMany(field =>
            field.IndexableFieldType.IsIndexed && _targets.TryGetValue(field.Name, out var targets)
                ? Convert(field, targets)
                : [field]),
    ];

    private static IEnumerable<IIndexableField> Convert(IIndexableField field, string[] targets)
    {
        var type = field.IndexableFieldType;
        if (type.OmitNorms && type.IndexOptions == IndexOptions.DOCS_AND_FREQS && targets is [var only]
            && only == field.Name)
        {
            return [field];
        }

        var text = ReadText(field);
        var stored = targets.Contains(field.Name) || !type.IsStored
            ? Array.Empty<IIndexableField>()
            : [new StoredField(field.Name, text)];
        return stored.Concat(targets.Select(target => new ImpactField(
            target, text, type.IsStored && target == field.Name ? Field.Store.YES : Field.Store.NO)));
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
