using LuceneLsr.Evaluation.Collections;
using LuceneLsr.Evaluation.Rankers;
using LuceneLsr.Playground.Searching;
using Microsoft.AspNetCore.Builder;

namespace LuceneLsr.Playground.Tests.Support;

/// <summary>A playground over a few documents, on a port of this machine.</summary>
public sealed class TinyPlayground : IAsyncLifetime
{
    /// <summary>A title and a text that would run a script if they became markup.</summary>
    public const string Script =
        "<img src=x onerror=\"window.hacked=1\"><script>window.hacked=1</script><svg onload=window.hacked=1>";

    /// <summary>A further name of the server.</summary>
    public const string Host = "search.example";

    /// <summary>The documents. The last one attacks the page.</summary>
    public static readonly BeirDocument[] Documents =
    [
        new("editor", "Film editor", "Trim a film and join clips."),
        new("cutter", "Cutter", "Cut scenes out of a movie."),
        new("player", "Player", "Play a movie with an actor."),
        new("tailor", "Tailor", "Cut cloth and trim a dress."),
        new("chess", "Chess", "A board game."),
        new($"evil'{Script.Replace(' ', '_')}", $"Evil movie {Script}", $"A movie {Script} that attacks."),
    ];

    private readonly SparseIndex _index;
    private readonly WebApplication _server;

    public TinyPlayground()
    {
        _index = CreateIndex(storesTexts: true);
        Engine = CreateEngine(_index, Encoder);
        _server = PlaygroundServer.Create(
            Engine, new() { Address = new(System.Net.IPAddress.Loopback, 0), Hosts = [Host] });
    }

    internal SynonymEncoder Encoder { get; } = new();

    public PlaygroundEngine Engine { get; }

    /// <summary>Gets the address, which ends in a slash.</summary>
    public Uri Address => new(_server.Urls.Single() + "/");

    public HttpClient Client { get; } = new();

    internal static SparseIndex CreateIndex(bool storesTexts)
    {
        using var encoder = new SynonymEncoder();
        var vectors = encoder.Encode([.. Documents.Select(document => document.Contents)], TextSide.Document);
        return SparseIndex.CreateInMemory(
            Documents.Zip(vectors), encoder, new ImpactScale(10), storesTexts);
    }

    internal static PlaygroundEngine CreateEngine(
        SparseIndex index, ISparseEncoder encoder, string? rulesPath = null) => new(
        index, encoder, new ImpactScale(10), SynonymEncoder.GetTextTerms, new JudgedQueries(
            [new("q1", "cut movie"), new("q2", "film")],
            new Qrels([new("q1", "cutter", 2), new("q1", "editor", 1), new("q1", "chess", 0), new("q2", "editor", 1)])), rulesPath);

    public async ValueTask InitializeAsync()
    {
        await _server.StartAsync(TestContext.Current.CancellationToken);
        Client.BaseAddress = Address;
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        Client.Dispose();
        Engine.Dispose();
        _index.Dispose();
    }
}
