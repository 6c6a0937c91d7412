using System.Diagnostics.CodeAnalysis;
using Lucene.Net.Analysis;

namespace LuceneLsr.Analysis;

/// <summary>
/// The tokens of a precomputed vector. Each term is repeated as often as its impact, so that its frequency in the index
/// is its impact. The stream can be consumed repeatedly.
/// </summary>
/// <remarks>
/// <c>IndexWriter</c> rejects a document with a term longer than 32,766 bytes of UTF-8: it throws an
/// <see cref="ArgumentException"/> that names the field.
/// </remarks>
[SuppressMessage("Naming", "CA1711", Justification = "Subclasses of Lucene's TokenStream end in its name.")]
public sealed class ImpactTokenStream : TokenStream
{
    private readonly IReadOnlyList<TermImpact> _impacts;
    private readonly ImpactTokenEmitter _emitter;

    /// <summary>Creates the stream.</summary>
    /// <param name="vector">The document's vector.</param>
    /// <param name="scale">Converts its weights to impacts.</param>
    public ImpactTokenStream(SparseVector vector, ImpactScale scale)
    {
        ArgumentNullException.ThrowIfNull(vector);
        ArgumentNullException.ThrowIfNull(scale);
        _impacts = scale.Quantize(vector);
        _emitter = new ImpactTokenEmitter(this);
    }

    /// <inheritdoc/>
    public override void Reset()
    {
        base.Reset();
        _emitter.Start(_impacts, TextSide.Document);
    }

    /// <inheritdoc/>
    public override bool IncrementToken() => _emitter.MoveNext();
}
