using LuceneLsr.Orleans.Messages;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace LuceneLsr.Orleans.Tests.Support;

/// <summary>The serializer of batches without a silo.</summary>
internal static class TestSerializer
{
    public static Serializer<ShardBatch> Instance { get; } =
        new ServiceCollection().AddSerializer().BuildServiceProvider().GetRequiredService<Serializer<ShardBatch>>();
}
