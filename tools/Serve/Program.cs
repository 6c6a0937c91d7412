using System.CommandLine;
using System.Net.Sockets;
using LuceneLsr.Onnx;
using LuceneLsr.Tokenization;
using LuceneLsr.Tokenization.Terms;
using LuceneLsr.Tools.Common.Options;
using LuceneLsr.Tools.Serve;

var checkpoint = new Option<string>("--checkpoint")
{
    Description = "The model, in ONNX format (default: the built-in English one).",
    DefaultValueFactory = _ => Path.Combine(AppContext.BaseDirectory, "english"),
};
var url = new Option<string>("--url")
{
    Description = "The address to listen on.",
    DefaultValueFactory = _ => "http://127.0.0.1:8090",
};
var requests = new Option<int>("--max-concurrent-requests")
{
    Description = "Number of requests to encode at the same time. More are refused with status 429.",
    DefaultValueFactory = _ => 512, // as in Text Embeddings Inference
};
requests.Validators.Add(result =>
{
    if (result.GetValue(requests) < 1)
    {
        result.AddError("--max-concurrent-requests must be at least 1.");
    }
});
var command = new RootCommand("Serve a model by HTTP: the endpoint /embed_sparse of Text Embeddings Inference.")
{
    checkpoint, url, requests,
};
command.SetAction(async (parsed, cancellation) =>
{
    var directory = parsed.GetRequiredValue(checkpoint);
    try
    {
        var address = ServerAddress.Parse(parsed.GetRequiredValue(url));
        using var encoder = OnnxSparseEncoder.Load(directory);
        var ids = new TermIds(TermSpace.Load(directory).Terms.GetDistinctTerms());
        await using var server = EncoderServer.Create(
            encoder, encoder.Settings.ImpactScale, ids, address, parsed.GetValue(requests));
        await server.RunAsync(cancellation).ConfigureAwait(false);
        return 0;
    }
    catch (Exception exception) when (exception
        is CheckpointException or IOException or FormatException or SocketException or UnauthorizedAccessException)
    {
        await Console.Error.WriteLineAsync($"Error: {exception.Message}").ConfigureAwait(false);
        return 1;
    }
});
return await command.Parse(args).InvokeAsync().ConfigureAwait(false);
