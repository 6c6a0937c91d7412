using System.CommandLine;
using LuceneLsr.Tools.Cluster.Options;
using LuceneLsr.Tools.Cluster.Silos;
using LuceneLsr.Tools.Common;
using LuceneLsr.Tools.Common.Options;
using LuceneLsr.VectorFiles;
using LuceneLsr.VectorFiles.Formats;

namespace LuceneLsr.Tools.Cluster.Commands;

/// <summary>"encode": encodes JSONL texts on all silos.</summary>
internal static class EncodeCommand
{
    public static Command Create()
    {
        var command = new Command(
            "encode", "Encode texts into vectors on all silos. 'lsr-search export' converts them for search engines.");
        var corpus = new CorpusOptions(command);
        var membership = new MembershipOptions(command);
        command.SetWork(async (parsed, cancellation) =>
        {
            var files = corpus.GetFiles(parsed);
            await using var client = await ClusterClient.ConnectAsync(
                membership.Get(parsed), configure: null, cancellation).ConfigureAwait(false);
            using var encoder = await client.Cluster.CreateEncoderAsync(cancellation).ConfigureAwait(false);
            var vectors = new VectorFileEncoder(encoder, corpus.GetSide(parsed), new AnseriniFormat())
            {
                Shard = corpus.GetShard(parsed),
                Settings = new Dictionary<string, string>
                {
                    ["encoder"] = encoder.Identity?.Fingerprint ?? "unknown",
                },
            };
            CorpusEncoding.Run(vectors, files, cancellation);
        });
        return command;
    }
}
