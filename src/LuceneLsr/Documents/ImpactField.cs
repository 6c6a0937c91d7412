using Lucene.Net.Documents;
using Lucene.Net.Index;
using LuceneLsr.Analysis;

namespace LuceneLsr.Documents;

/// <summary>
/// A field whose postings are pairs of document and impact. It stores frequencies, but no positions and no norms.
/// </summary>
public sealed class ImpactField : Field
{
    /// <summary>The type of an indexed field that is not stored.</summary>
    public static readonly FieldType TypeNotStored = CreateType(isStored: false);

    /// <summary>The type of an indexed and stored field.</summary>
    public static readonly FieldType TypeStored = CreateType(isStored: true);

    /// <summary>Creates a field from a text. The writer must use an <see cref="LsrAnalyzer"/> for the field.</summary>
    /// <param name="name">The field's name.</param>
    /// <param name="text">The document's text.</param>
    /// <param name="store">Whether to store the text in the index.</param>
    public ImpactField(string name, string text, Store store)
        : base(name, text, store == Store.YES ? TypeStored : TypeNotStored)
    {
    }

    /// <summary>
    /// Creates a field from a precomputed vector, without an analyzer. To store the text as well, add a
    /// <see cref="StoredField"/>.
    /// </summary>
    /// <param name="name">The field's name.</param>
    /// <param name="vector">The document's vector.</param>
    /// <param name="scale">Converts its weights to impacts.</param>
    public ImpactField(string name, SparseVector vector, ImpactScale scale)
        : base(name, new ImpactTokenStream(vector, scale), TypeNotStored)
    {
    }

    private static FieldType CreateType(bool isStored) => new FieldType
    {
        IsIndexed = true,
        IsTokenized = true,
        IsStored = isStored,
        OmitNorms = true,
        IndexOptions = IndexOptions.DOCS_AND_FREQS,
    }.Freeze();
}
