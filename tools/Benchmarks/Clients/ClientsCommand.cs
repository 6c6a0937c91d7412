using System.CommandLine;
using LuceneLsr.Evaluation.Collections;
using LuceneLsr.Http;
using LuceneLsr.Onnx;
using LuceneLsr.Tools.Common;
using LuceneLsr.Tools.Common.Options;

namespace LuceneLsr.Tools.Benchmarks.Clients;

/// <summary>The command <c>clients</c>: times searches of several clients at once, with their encoder.</summary>
internal static class ClientsCommand
{
    public static Command Create()
    {
        var checkpoint = DirectoryOption.Create("--checkpoint", "Checkpoint in ONNX format.");
        var collection = DirectoryOption.Create("--collection", "BEIR folder with the documents and queries.");
        var url = new Option<string?>("--url")
        {
            Description = "The address of an lsr-serve with the same checkpoint, to time it, too.",
            HelpName = "URL",
        };
        var rounds = new Option<int>("--rounds")
        {
            Description = "Number of timed runs of each query.",
            DefaultValueFactory = _ => 5,
        }.Require(count => count >= 1, "at least 1");
        var command = new Command(
            "clients",
            "Time the searches of 1, 2 and 4 clients at once: with vectors at hand, with the encoder in the process, "
            + "with that of LuceneLsr.Hosting, and with an encoder on a server.")
        {
            checkpoint, collection, url, rounds,
        };
        command.SetWork((parsed, cancellation) =>
        {
            var folder = parsed.GetRequiredValue(collection);
            using var encoder = OnnxSparseEncoder.Load(parsed.GetRequiredValue(checkpoint));
            using var benchmark = new ClientsBenchmark(encoder, BeirCollection.ReadCorpus(folder), cancellation);
            string[] queries = [.. BeirCollection.ReadQueries(folder).Select(query => query.Text)];
            using var client = new HttpClient();
            client.BaseAddress = parsed.GetValue(url) is { } address ? new Uri(address) : null;
            using var server = client.BaseAddress is null ? null : CreateHttpEncoder(client, encoder.VocabularyId);
            benchmark.Run(queries, server, parsed.GetValue(rounds));
        });
        return command;
    }

    private static HttpSparseEncoder CreateHttpEncoder(HttpClient client, string vocabularyId) => new(
        client, new HttpEncoderOptions { VocabularyId = vocabularyId, PromptNames = new("query", "document") });
}
