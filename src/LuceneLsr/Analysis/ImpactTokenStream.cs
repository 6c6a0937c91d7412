using System.Diagnostics.CodeAnalysis;
using Lucene.Net.Analysis;

namespace LuceneLsr.Analysis;

/// <summary>
/// The tokens of a ready vector: each term as often as its impact, so that its frequency in the index is its impact.
/// Can be consumed again and again.
/// </summary>
/// <remarks>
/// A term of more than 32,766 bytes of UTF-8 is refused by <c>IndexWriter</c> with an <see cref="ArgumentException"/>
/// that names the field; the document is then not added.
/// </remarks>
[SuppressMessage("Naming", "CA1711", Justification = "A Lucene TokenStream is named after its base.")]
public sealed class ImpactTokenStream : TokenStream
{
    private readonly IReadOnlyList<TermImpact> _impacts;
    private readonly ImpactTokenEmitter _emitter;

    /// <summary>Creates the stream.</summary>
    /// <param name="vector">The document's vector.</param>
    /// <param name="scale">Turns its weights into impacts.</param>
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
        _emitter.Start(_impacts);
    }

    /// <inheritdoc/>
    public override bool IncrementToken() => _emitter.MoveNext();
}
