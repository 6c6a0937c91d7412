using LuceneLsr.Analysis;
using LuceneLsr.Hosting.Queries;
using LuceneLsr.Orleans.Messages;
using Orleans.Concurrency;

namespace LuceneLsr.Orleans.Grains;

/// <inheritdoc cref="IEncoderGrain"/>
[StatelessWorker]
[Reentrant] // so that queries of several callers wait for one batch
internal sealed class EncoderGrain(IServiceProvider services) : Grain, IEncoderGrain
{
    /// <inheritdoc/>
    public async Task<ImpactTerms> EncodeQueryAsync(string text, CancellationToken cancellationToken) => Quantize(
        await services.GetEncoderService<IQueryEncoder>().EncodeAsync(text, cancellationToken));

    /// <inheritdoc/>
    public async Task<ImpactTerms[]> EncodeDocumentsAsync(string[] texts, CancellationToken cancellationToken)
    {
        var encoder = services.GetEncoderService<ISparseEncoder>();
        var vectors = await Task.Run(
            () => encoder.Encode(texts, TextSide.Document, cancellationToken), cancellationToken);
        return [.. vectors.Select(Quantize)];
    }

    private ImpactTerms Quantize(SparseVector vector) =>
        new(services.GetEncoderService<LsrAnalyzer>().Scale.Quantize(vector));
}
