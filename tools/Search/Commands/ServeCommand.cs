using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net;
using LuceneLsr.Evaluation.Collections;
using LuceneLsr.Playground;
using LuceneLsr.Playground.Searching;
using LuceneLsr.Tokenization.Terms;
using LuceneLsr.Tools.Common;
using LuceneLsr.Tools.Common.Options;
using LuceneLsr.Tools.Search.Options;
using Microsoft.Extensions.Hosting;
using Spectre.Console;

namespace LuceneLsr.Tools.Search.Commands;

/// <summary>"serve": serves the playground.</summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        Option<string?> collection = new("--collection")
        {
            Description = "BEIR folder with judged queries, and with the documents to index in memory if no --index is "
                + "given (default the built-in collection).",
            HelpName = "DIR",
        };
        var split = CommonOptions.CreateSplit();
        Option<IPEndPoint> url = new("--url")
        {
            Description = "Address to listen on. There is no authentication.",
            CustomParser = ParseAddress,
            DefaultValueFactory = _ => new PlaygroundOptions().Address,
        };
        Option<string[]> hosts = new("--host")
        {
            Description = "A further name that the server is reached by, such as that of a proxy. May be repeated.",
            HelpName = "NAME",
        };
        var command = new Command("serve", "Serve a page that shows and tunes relevance, with an HTTP API and MCP.")
        {
            collection, split, url, hosts,
        };
        var rules = RulesOption.CreateForPlayground(command);
        var model = new ModelOptions(command, encodesDocuments: false);
        var queries = new QueryEncoderOption(command);
        var index = new IndexOpening(command, model, collection);
        command.SetWork(async (parsed, cancellation) =>
        {
            var loadQueries = queries.Load(parsed, model.GetCheckpoint(parsed));
            var judged = LoadJudged(
                index.GetCollection(parsed), parsed.GetValue(split)!, parsed.CommandResult.IsGiven(split));
            var space = TermSpace.Load(model.GetCheckpoint(parsed));
            if (rules.LoadIfExists(parsed, space) is { } edits) // reports an invalid file before the index is opened
            {
                RulesOption.WarnAboutFields(edits);
            }

            using var directory = index.OpenDirectory(parsed);
            using var opened = index.Open(directory, parsed, cancellation);
            using var encoder = loadQueries?.Invoke(opened.Searcher.IndexReader) ?? model.Load(parsed);
            using var engine = new PlaygroundEngine(
                opened, encoder, index.Verify(opened, encoder, parsed), space.GetTextTerms, judged,
                rules.GetPath(parsed));
            await RunAsync(
                engine, new() { Address = parsed.GetValue(url)!, Hosts = parsed.GetValue(hosts) ?? [] }, cancellation)
                .ConfigureAwait(false);
        });
        return command;
    }

    private static IPEndPoint? ParseAddress(ArgumentResult result)
    {
        try
        {
            return ServerAddress.Parse(result.Tokens[0].Value);
        }
        catch (FormatException exception)
        {
            result.AddError(exception.Message);
            return null;
        }
    }

    // A folder without judgments can be searched, too, but those that are asked for must exist.
    private static JudgedQueries? LoadJudged(string? folder, string split, bool isRequired)
    {
        if (folder is null)
        {
            return isRequired
                ? throw new ArgumentException("--split requires --collection, which has the judgments.")
                : null;
        }

        if (!isRequired && !BeirCollection.HasSplit(folder, split))
        {
            return null;
        }

        var collection = BeirCollection.Load(folder, split);
        return new(collection.Queries, collection.Qrels);
    }

    private static async Task RunAsync(
        PlaygroundEngine engine, PlaygroundOptions options, CancellationToken cancellation)
    {
        await using var server = PlaygroundServer.Create(engine, options);
        await server.StartAsync(cancellation).ConfigureAwait(false);
        if (!IPAddress.IsLoopback(options.Address.Address))
        {
            AnsiConsole.MarkupLine(
                "[yellow]Other machines can reach this server. It has no authentication: they can read every "
                + "document and change the rules.[/]");
        }

        AnsiConsole.MarkupLineInterpolated($"Playground at {server.Urls.Single()}. Press Ctrl+C to stop.");
        await server.WaitForShutdownAsync(cancellation).ConfigureAwait(false);
    }
}
