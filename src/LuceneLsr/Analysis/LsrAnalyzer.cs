using Lucene.Net.Analysis;

namespace LuceneLsr.Analysis;

/// <summary>
/// Encodes a text and emits its learned terms: for an index each as often as its impact, for a query each once. If a
/// document has several values of a field, their impacts add up.
/// </summary>
/// <remarks>
/// <para>Parse queries with <see cref="QueryParsing.LsrQueryParser"/>, or encode them for an <see
/// cref="Search.ImpactQuery"/>. An application that cannot replace its query parser gives it an analyzer for the query
/// side (<see cref="TextSide.Query"/>). Its queries have no weights, and Lucene's parsers encode each word by itself
/// unless all are in quotes, so they rank worse. An analyzer for the document side would make hundreds of duplicate
/// clauses, and phrases fail.</para>
/// <para>The analyzer encodes texts one by one. To encode in batches, call the encoder and add a
/// <see cref="Documents.ImpactField"/> for each vector; the index is the same.</para>
/// <para><c>IndexWriter</c> rejects a document with a term longer than 32,766 bytes of UTF-8: it throws an
/// <see cref="ArgumentException"/> that names the field.</para>
/// </remarks>
public sealed class LsrAnalyzer : Analyzer
{
    /// <summary>Creates the analyzer.</summary>
    /// <param name="encoder">The encoder. The caller owns it; the analyzer does not dispose it.</param>
    /// <param name="scale">Converts weights to impacts.</param>
    /// <param name="side">The side of the texts: documents by default.</param>
    public LsrAnalyzer(ISparseEncoder encoder, ImpactScale scale, TextSide side = TextSide.Document)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        ArgumentNullException.ThrowIfNull(scale);
        Encoder = encoder;
        Scale = scale;
        Side = side;
    }

    /// <summary>Gets the encoder.</summary>
    public ISparseEncoder Encoder { get; }

    /// <summary>Gets the scale of weights.</summary>
    public ImpactScale Scale { get; }

    /// <summary>Gets the side of the texts.</summary>
    public TextSide Side { get; }

    /// <inheritdoc/>
    protected override TokenStreamComponents CreateComponents(string fieldName, TextReader reader) =>
        new(new LsrTokenizer(Encoder, Scale, Side, reader));
}
