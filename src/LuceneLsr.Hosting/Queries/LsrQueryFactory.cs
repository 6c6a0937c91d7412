using Lucene.Net.Analysis;
using Lucene.Net.Search;
using LuceneLsr.Analysis;
using LuceneLsr.QueryParsing;
using LuceneLsr.Search;

namespace LuceneLsr.Hosting.Queries;

/// <inheritdoc cref="ILsrQueryFactory"/>
internal sealed class LsrQueryFactory(IQueryEncoder encoder, LsrAnalyzer analyzer, EncoderFallback fallback)
    : ILsrQueryFactory
{
    /// <inheritdoc/>
    public async ValueTask<Query> CreateAsync(
        string field, string text, SearchBudget? budget = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(field);
        ArgumentNullException.ThrowIfNull(text);
        SparseVector vector;
        try
        {
            vector = await encoder.EncodeAsync(text, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            if (fallback.CreateQuery(new EncoderFailure(field, text, exception)) is { } other)
            {
                return other;
            }

            throw;
        }

        var impacts = analyzer.Scale.Quantize(vector);
        return impacts.Count > 0 ? new ImpactQuery(field, impacts) { Budget = budget } : new BooleanQuery();
    }

    /// <inheritdoc/>
    public AsyncQueryParser CreateParser(string defaultField, Analyzer? otherFields = null) =>
        new(defaultField, otherFields, analyzer, encoder) { EncoderFallback = fallback.CreateQuery };
}
