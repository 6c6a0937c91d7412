using Lucene.Net.Analysis;
using Lucene.Net.Analysis.Standard;
using Lucene.Net.Search;
using Lucene.Net.Util;
using LuceneLsr.Analysis;
using LuceneLsr.QueryParsing;
using LuceneLsr.Search;

namespace LuceneLsr.Hosting.Queries;

/// <inheritdoc cref="ILsrQueryFactory"/>
internal sealed class LsrQueryFactory(IQueryEncoder encoder, LsrAnalyzer analyzer, EncoderFallback fallback)
    : ILsrQueryFactory, IDisposable
{
    private readonly StandardAnalyzer _words = new(LuceneVersion.LUCENE_48);

    /// <inheritdoc/>
    public async ValueTask<Query> CreateAsync(
        string field, string text, SearchBudget? budget = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(field);
        ArgumentNullException.ThrowIfNull(text);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(
            cancellationToken, budget?.CancellationToken ?? default);
        SparseVector vector;
        try
        {
            vector = await encoder.EncodeAsync(text, linked.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (linked.IsCancellationRequested)
        {
            cancellationToken.ThrowIfCancellationRequested(); // with the token of the caller
            throw;
        }
        catch (Exception exception) when (!linked.IsCancellationRequested)
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
        new(defaultField, analyzer, encoder, otherFields ?? _words) { EncoderFallback = fallback.CreateQuery };

    /// <summary>Disposes the standard analyzer.</summary>
    public void Dispose() => _words.Dispose();
}
