using LuceneLsr.Evaluation.Collections;
using LuceneLsr.Orleans;
using LuceneLsr.Orleans.Messages;
using LuceneLsr.Tools.Common.Output;
using Spectre.Console;

namespace LuceneLsr.Tools.Cluster.Silos;

/// <summary>The index of the built-in collection.</summary>
internal static class BuiltInIndex
{
    private const int DocumentsPerCall = 64;

    private static readonly TimeSpan OpeningTime = TimeSpan.FromMinutes(1);

    private static readonly string Collection = Path.Combine(AppContext.BaseDirectory, "debian-packages");

    /// <summary>Encodes and indexes the collection, unless the index holds it.</summary>
    public static async Task EnsureAsync(LsrCluster cluster, CancellationToken cancellation)
    {
        var corpus = BeirCollection.ReadCorpus(Collection);
        if (await CountDocumentsAsync(cluster, cancellation).ConfigureAwait(false) >= corpus.Count)
        {
            return;
        }

        await TimedProgress.Create().StartAsync(async context =>
        {
            var progress = new DocumentProgress(context.AddTask("Encoding and indexing", maxValue: corpus.Count));
            foreach (var chunk in corpus.Chunk(DocumentsPerCall))
            {
                var vectors = await cluster.EncodeDocumentsAsync(
                    [.. chunk.Select(document => document.Contents)], cancellation).ConfigureAwait(false);
                await cluster.PutAsync(
                    [.. chunk.Zip(vectors, (document, vector) => new ClusterDocument(
                        document.Id, vector, new DocumentField("title", document.Title)))],
                    cancellation).ConfigureAwait(false);
                progress.Add(chunk.Length);
            }
        }).ConfigureAwait(false);
    }

    // A search waits until each shard has opened its index, and says why one cannot.
    private static async Task<int> CountDocumentsAsync(LsrCluster cluster, CancellationToken cancellation)
    {
        await cluster.SearchAsync(new ClusterQuery([new("any", 1)]) { Deadline = OpeningTime }, cancellation)
            .ConfigureAwait(false);
        var states = await cluster.GetStatusAsync(cancellation).ConfigureAwait(false);
        return states.GroupBy(state => state.Shard).Sum(shard => shard.Max(state => state.Documents));
    }
}
