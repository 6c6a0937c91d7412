using System.Net;
using LuceneLsr.Analysis;
using LuceneLsr.Hosting.Queries;
using LuceneLsr.Hosting.Settings;
using LuceneLsr.Hosting.Tests.Support;
using LuceneLsr.Http;
using LuceneLsr.Http.Tests;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Options;

namespace LuceneLsr.Hosting.Tests;

public class ServiceCollectionExtensionsTests
{
    private const string Answer = """[[{"index":7,"value":1,"token":"movi"}]]""";

    [Fact]
    public void Add_registers_singletons_that_share_encoder_and_scale()
    {
        var services = new ServiceCollection();
        services.AddLuceneLsr(_ => new RecordingEncoder(), encoder => new ImpactScale(encoder.VocabularyId.Length));
        using var provider = services.BuildServiceProvider(
            new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
        var analyzer = provider.GetRequiredService<LsrAnalyzer>();
        Assert.Same(provider.GetRequiredService<ISparseEncoder>(), analyzer.Encoder);
        Assert.Equal(new ImpactScale(5), analyzer.Scale);
        Assert.Equal(TextSide.Document, analyzer.Side);
        Assert.NotNull(provider.GetRequiredService<IQueryEncoder>());
        Assert.NotNull(provider.GetRequiredService<ILsrQueryFactory>());
    }

    [Fact]
    public void Add_a_second_encoder_throws()
    {
        var services = new ServiceCollection();
        services.AddLuceneLsr(_ => new RecordingEncoder(), _ => new ImpactScale(10));
        Assert.Throws<InvalidOperationException>(
            () => services.AddLuceneLsr(_ => new RecordingEncoder(), _ => new ImpactScale(20)));
    }

    [Fact]
    public async Task Dispose_container_disposes_the_encoder_once()
    {
        var encoder = new RecordingEncoder();
        var services = new ServiceCollection();
        services.AddLuceneLsr(_ => encoder, _ => new ImpactScale(10));
        await using (var provider = services.BuildServiceProvider())
        {
            provider.GetRequiredService<LsrAnalyzer>();
            provider.GetRequiredService<ISparseEncoder>().Dispose();
            await provider.GetRequiredService<IQueryEncoder>().EncodeAsync("cut", Application.Cancellation);
            Assert.Equal(0, encoder.Disposals);
        }

        Assert.Equal(1, encoder.Disposals);
    }

    [Fact]
    public async Task Add_http_encoder_retries_a_busy_server_by_default()
    {
        var server = new ScriptedServer((HttpStatusCode.ServiceUnavailable, ""), (HttpStatusCode.OK, Answer));
        var services = new ServiceCollection();
        AddHttp(services);
        services.AddHttpClient("LuceneLsr.Hosting").ConfigurePrimaryHttpMessageHandler(() => server);
        services.ConfigureAll<HttpStandardResilienceOptions>(
            options => options.Retry.Delay = TimeSpan.FromMilliseconds(1));
        await using var provider = services.BuildServiceProvider();
        Assert.Equal([new("movi", 1)], (await EncodeAsync(provider)).Entries);
        Assert.Equal(["/models/embed_sparse", "/models/embed_sparse"], server.Requests.Select(request => request.Path));
    }

    [Fact]
    public async Task Add_http_encoder_with_own_handlers_uses_them_only()
    {
        var server = new ScriptedServer((HttpStatusCode.ServiceUnavailable, "busy"));
        var services = new ServiceCollection();
        AddHttp(services, client => client.ConfigurePrimaryHttpMessageHandler(() => server));
        await using var provider = services.BuildServiceProvider();
        await Assert.ThrowsAsync<HttpRequestException>(() => EncodeAsync(provider));
        Assert.Single(server.Requests);
        Assert.Equal(new ImpactScale(3), provider.GetRequiredService<LsrAnalyzer>().Scale);
        Assert.Equal("v", provider.GetRequiredService<ISparseEncoder>().VocabularyId);
    }

    private static OptionsBuilder<LuceneLsrOptions> AddHttp(
        ServiceCollection services, Action<IHttpClientBuilder>? configureClient = null) => services.AddLuceneLsr(
            new Uri("http://localhost/models/"), new HttpEncoderOptions { VocabularyId = "v" }, new ImpactScale(3),
            configureClient);

    private static Task<SparseVector> EncodeAsync(ServiceProvider provider) =>
        provider.GetRequiredService<IQueryEncoder>().EncodeAsync("movies", Application.Cancellation).AsTask();
}
