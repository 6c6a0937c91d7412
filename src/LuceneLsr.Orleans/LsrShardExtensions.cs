using LuceneLsr.Analysis;
using LuceneLsr.Orleans.Configuration;
using LuceneLsr.Orleans.Grains;
using LuceneLsr.Orleans.Placement;
using LuceneLsr.Orleans.Replicas;
using LuceneLsr.Orleans.Stores;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace LuceneLsr.Orleans;

/// <summary>Registers shards and their clients.</summary>
public static class LsrShardExtensions
{
    /// <summary>
    /// Lets a silo hold shards of an index, and registers an <see cref="LsrCluster"/>. Every silo that references this
    /// assembly must call it with the same store.
    /// </summary>
    /// <param name="silo">The silo.</param>
    /// <param name="createStore">Creates the store, which all silos share.</param>
    /// <param name="configure">
    /// Sets options, or null for the defaults. Invalid ones stop the silo when it starts.
    /// </param>
    public static ISiloBuilder AddLuceneLsrShards(
        this ISiloBuilder silo, Func<IServiceProvider, IShardStore> createStore,
        Action<LsrShardOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(silo);
        ArgumentNullException.ThrowIfNull(createStore);
        silo.Services.AddOptionsWithValidateOnStart<LsrShardOptions>().Configure(configure ?? (_ => { }))
            .ValidateDataAnnotations();
        silo.Services.AddPlacementDirector<ShardPlacement>(
            services => services.GetRequiredService<ShardPlacementDirector>());
        silo.Services.AddSingleton(createStore)
            .AddSingleton<ShardLogs>()
            .AddSingleton<ShardReplicas>()
            .AddSingleton<WorkFolder>()
            .AddSingleton<LuceneScheduler>()
            .AddSingleton<CapableSilos>()
            .AddSingleton<ReplicaBalance>()
            .AddSingleton<ShardPlacementDirector>()
            .AddCluster(configure: null);
        return silo.AddStartupTask(EnsureDefinitionAsync);
    }

    /// <summary>Registers an <see cref="LsrCluster"/> in a client of the cluster.</summary>
    /// <param name="client">The client.</param>
    /// <param name="configure">Sets options, or null for the defaults.</param>
    public static IClientBuilder AddLuceneLsrCluster(
        this IClientBuilder client, Action<LsrClusterOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        client.Services.AddCluster(configure);
        return client;
    }

    private static void AddCluster(this IServiceCollection services, Action<LsrClusterOptions>? configure)
    {
        services.AddOptionsWithValidateOnStart<LsrClusterOptions>().Configure(configure ?? (_ => { }))
            .ValidateDataAnnotations();
        services.TryAddSingleton<LsrCluster>();
    }

    private static Task EnsureDefinitionAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var analyzer = services.GetService<LsrAnalyzer>();
        var definition = new IndexDefinition(
            IndexDefinition.CurrentVersion, services.GetRequiredService<IOptions<LsrShardOptions>>().Value.Shards,
            services.GetService<ISparseEncoder>()?.VocabularyId, analyzer?.Scale.Factor);
        return definition.EnsureAsync(services.GetRequiredService<IShardStore>(), cancellationToken);
    }
}
