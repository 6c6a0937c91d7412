using Lucene.Net.Analysis;
using LuceneLsr.Documents;

namespace LuceneLsr.Analysis;

/// <summary>
/// Analyzes a text into the learned terms of its document side, each repeated by its impact.
/// Several values of one field in one document add up their impacts.
/// </summary>
/// <remarks>
/// <para>For indexing only: queries are encoded on the query side, by
/// <see cref="QueryParsing.LsrQueryParser"/> or for an <see cref="Search.ImpactQuery"/>.</para>
/// <para>Texts are encoded one by one. To encode in batches, call the encoder and add
/// <see cref="ImpactField(string, SparseVector, ImpactScale)"/> instead: the index is the same.</para>
/// <para>A term of more than 32,766 bytes of UTF-8 is refused by <c>IndexWriter</c> with an
/// <see cref="ArgumentException"/> that names the field; the document is then not added.</para>
/// </remarks>
public sealed class LsrAnalyzer : Analyzer
{
    /// <summary>Creates the analyzer.</summary>
    /// <param name="encoder">Stays the caller's: it is not disposed with the analyzer.</param>
    /// <param name="scale">Turns document weights into impacts.</param>
    public LsrAnalyzer(ISparseEncoder encoder, ImpactScale scale)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        ArgumentNullException.ThrowIfNull(scale);
        Encoder = encoder;
        Scale = scale;
    }

    /// <summary>The encoder of both sides.</summary>
    public ISparseEncoder Encoder { get; }

    /// <summary>The document side's scale.</summary>
    public ImpactScale Scale { get; }

    /// <inheritdoc/>
    protected override TokenStreamComponents CreateComponents(string fieldName, TextReader reader) =>
        new(new LsrTokenizer(Encoder, Scale, reader));
}
