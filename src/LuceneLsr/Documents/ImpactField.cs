using Lucene.Net.Documents;
using Lucene.Net.Index;
using LuceneLsr.Analysis;

namespace LuceneLsr.Documents;

/// <summary>
/// A field whose postings are exactly (document, impact): frequencies without positions and norms.
/// </summary>
public sealed class ImpactField : Field
{
    /// <summary>Indexed, not stored.</summary>
    public static readonly FieldType TypeNotStored = ImpactType(stored: false);

    /// <summary>Indexed and stored.</summary>
    public static readonly FieldType TypeStored = ImpactType(stored: true);

    /// <summary>A text that the writer's analyzer, an <see cref="LsrAnalyzer"/> for this field, encodes.</summary>
    /// <param name="name">The field's name.</param>
    /// <param name="text">The document's text.</param>
    /// <param name="store">Whether the text itself is kept in the index.</param>
    public ImpactField(string name, string text, Store store)
        : base(name, text, store == Store.YES ? TypeStored : TypeNotStored)
    {
    }

    /// <summary>
    /// A ready vector; no analyzer is asked. To keep the text as well, add a <see cref="StoredField"/>.
    /// </summary>
    /// <param name="name">The field's name.</param>
    /// <param name="vector">The document's vector.</param>
    /// <param name="scale">Turns its weights into impacts.</param>
    public ImpactField(string name, SparseVector vector, ImpactScale scale)
        : base(name, new ImpactTokenStream(vector, scale), TypeNotStored)
    {
    }

    private static FieldType ImpactType(bool stored) => new FieldType
    {
        IsIndexed = true,
        IsTokenized = true,
        IsStored = stored,
        OmitNorms = true,
        IndexOptions = IndexOptions.DOCS_AND_FREQS,
    }.Freeze();
}
