using LuceneLsr.Orleans.Messages;
using Polly;

namespace LuceneLsr.Orleans.Clients;

/// <summary>What a client knows about the index.</summary>
/// <param name="Layout">How it is divided.</param>
/// <param name="Seen">The batches that the client has seen.</param>
/// <param name="SearchPolicy">How shards are searched.</param>
internal sealed record ClusterConnection(
    IndexLayout Layout, SeenBatches Seen, ResiliencePipeline<ShardAnswer> SearchPolicy);
