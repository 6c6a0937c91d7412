using Lucene.Net.Analysis;

namespace LuceneLsr.Analysis;

/// <summary>
/// Encodes a text on the document side and emits its learned terms, each repeated as often as its impact. If a document
/// has several values of a field, their impacts add up.
/// </summary>
/// <remarks>
/// <para>Use the analyzer for indexing only. Queries are encoded on the query side: parse them with
/// <see cref="QueryParsing.LsrQueryParser"/>, or encode them for an <see cref="Search.ImpactQuery"/>.</para>
/// <para>The analyzer encodes texts one by one. To encode in batches, call the encoder and add a
/// <see cref="Documents.ImpactField"/> for each vector; the index is the same.</para>
/// <para><c>IndexWriter</c> rejects a document with a term longer than 32,766 bytes of UTF-8: it throws an
/// <see cref="ArgumentException"/> that names the field.</para>
/// </remarks>
public sealed class LsrAnalyzer : Analyzer
{
    /// <summary>Creates the analyzer.</summary>
    /// <param name="encoder">The encoder. The caller owns it; the analyzer does not dispose it.</param>
    /// <param name="scale">Converts document weights to impacts.</param>
    public LsrAnalyzer(ISparseEncoder encoder, ImpactScale scale)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        ArgumentNullException.ThrowIfNull(scale);
        Encoder = encoder;
        Scale = scale;
    }

    /// <summary>Gets the encoder.</summary>
    public ISparseEncoder Encoder { get; }

    /// <summary>Gets the scale of document weights.</summary>
    public ImpactScale Scale { get; }

    /// <inheritdoc/>
    protected override TokenStreamComponents CreateComponents(string fieldName, TextReader reader) =>
        new(new LsrTokenizer(Encoder, Scale, reader));
}
