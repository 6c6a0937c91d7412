using LuceneLsr.Orleans.Configuration;
using LuceneLsr.Orleans.Messages;
using LuceneLsr.Orleans.Placement;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;

namespace LuceneLsr.Orleans.Grains;

/// <inheritdoc cref="IIndexGrain"/>
[StatelessWorker]
internal sealed class IndexGrain(IOptions<LsrShardOptions> options, CapableSilos silos) : Grain, IIndexGrain
{
    /// <inheritdoc/>
    public Task<IndexLayout> GetLayoutAsync() =>
        Task.FromResult(new IndexLayout(options.Value.Shards, options.Value.Replicas));

    /// <inheritdoc/>
    public Task<SiloAddress[]> GetEncoderSilosAsync() => Task.FromResult(
        silos.Find(
            GrainFactory.GetGrain<IChunkEncoderGrain>(silos.Local.ToParsableString()).GetGrainId().Type));
}
