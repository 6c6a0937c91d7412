using LuceneLsr.Orleans.Configuration;
using LuceneLsr.Orleans.Messages;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;

namespace LuceneLsr.Orleans.Grains;

/// <inheritdoc cref="IIndexGrain"/>
[StatelessWorker]
internal sealed class IndexGrain(IOptions<LsrShardOptions> options) : Grain, IIndexGrain
{
    /// <inheritdoc/>
    public Task<IndexLayout> GetLayoutAsync() =>
        Task.FromResult(new IndexLayout(options.Value.Shards, options.Value.Replicas));
}
