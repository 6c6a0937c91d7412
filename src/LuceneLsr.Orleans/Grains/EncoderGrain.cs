using LuceneLsr.Analysis;
using LuceneLsr.Hosting.Queries;
using LuceneLsr.Orleans.Messages;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Concurrency;

namespace LuceneLsr.Orleans.Grains;

/// <inheritdoc cref="IEncoderGrain"/>
[StatelessWorker]
[Reentrant] // so that queries of several callers wait for one batch
internal sealed class EncoderGrain(IServiceProvider services) : Grain, IEncoderGrain
{
    /// <inheritdoc/>
    public async Task<ImpactTerms> EncodeQueryAsync(string text, CancellationToken cancellationToken) => Quantize(
        await Get<IQueryEncoder>().EncodeAsync(text, cancellationToken));

    /// <inheritdoc/>
    public async Task<ImpactTerms[]> EncodeDocumentsAsync(string[] texts, CancellationToken cancellationToken)
    {
        var encoder = Get<ISparseEncoder>();
        var vectors = await Task.Run(
            () => encoder.Encode(texts, TextSide.Document, cancellationToken), cancellationToken);
        return [.. vectors.Select(Quantize)];
    }

    private ImpactTerms Quantize(SparseVector vector) => new(Get<LsrAnalyzer>().Scale.Quantize(vector));

    private T Get<T>()
        where T : class =>
        services.GetService<T>() ?? throw new InvalidOperationException(
            "This silo has no encoder. Call AddLuceneLsr on the services of each silo, or send vectors instead of "
            + "texts.");
}
