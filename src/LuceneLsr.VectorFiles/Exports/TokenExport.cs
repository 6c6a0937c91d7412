using LuceneLsr.VectorFiles.Formats;
using LuceneLsr.VectorFiles.Mappings;
using LuceneLsr.VectorFiles.Precisions;
using LuceneLsr.VectorFiles.Vocabularies;

namespace LuceneLsr.VectorFiles.Exports;

/// <summary>
/// Writes a <see cref="ClusterExport"/> for a sparse_vector field of OpenSearch, with integer tokens, and
/// <c>vocabulary.tsv</c>, which later queries need (<see cref="CorpusVocabulary"/>).
/// </summary>
/// <param name="mapping">The mapping.</param>
/// <param name="cluster">The export of everything else.</param>
public sealed class TokenExport(IndexMapping mapping, ClusterExport cluster) : IVectorExport
{
    /// <summary>
    /// Gets the number of most frequent terms to keep, or null for all. More than <see cref="TokenFormat.MaxTokens"/>
    /// cannot be kept.
    /// </summary>
    public int? MaxTerms { get; init; }

    /// <summary>
    /// Gets the ceilings, or null for the largest weights of the documents and the queries, so that none is clamped.
    /// Without queries, it is OpenSearch's default of 16.
    /// </summary>
    public QuantizationCeilings? Ceilings { get; init; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">
    /// More terms than <see cref="TokenFormat.MaxTokens"/> would be kept, so that some would collide.
    /// </exception>
    public ExportSummary Write(ExportSource source, string directory)
    {
        ArgumentNullException.ThrowIfNull(source);
        var corpus = CorpusVocabulary.Create(source.Documents.Select(document => document.Vector));
        var kept = MaxTerms is { } count ? corpus.TakeTop(count) : corpus;
        var ceilings = Ceilings ?? QuantizationCeilings.Fit(
            source.Documents.Select(document => document.Vector), source.Queries.Select(query => query.Vector));
        var written = cluster.Write(
            source, directory, mapping with { Ceilings = ceilings }, format => new TokenFormat(kept, format));
        kept.Save(Path.Combine(directory, "vocabulary.tsv"));
        return written with { Vocabulary = VocabularySummary.Create(corpus, kept), Ceilings = ceilings };
    }
}
