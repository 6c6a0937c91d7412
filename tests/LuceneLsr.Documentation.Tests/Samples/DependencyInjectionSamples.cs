using Lucene.Net.Analysis.Standard;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.QueryParsers.Classic;
using Lucene.Net.Search;
using Lucene.Net.Store;
using Lucene.Net.Util;
using LuceneLsr.Analysis;
using LuceneLsr.Documentation.Tests.Pages;
using LuceneLsr.Documents;
using LuceneLsr.Hosting;
using LuceneLsr.Hosting.Queries;
using LuceneLsr.Http;
using LuceneLsr.Indexing;
using LuceneLsr.Onnx;
using LuceneLsr.Search;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace LuceneLsr.Documentation.Tests.Samples;

/// <summary>The samples of docs/dependency-injection.md.</summary>
public sealed class DependencyInjectionSamples : IDisposable
{
    private readonly RAMDirectory _directory = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Registered_model_searches_and_is_healthy()
    {
        var services = new ServiceCollection();
        AddModel(services, Repository.GetPath("tools/Search/Checkpoints/english"));
        AddHealthChecks(services);
        services.AddSingleton(_ => new SearcherManager(_directory, searcherFactory: null));
        services.AddSingleton<PackageSearch>();
        await using var provider = services.BuildServiceProvider();
        Index(provider.GetRequiredService<ISparseEncoder>(), provider.GetRequiredService<LsrAnalyzer>());
        var search = provider.GetRequiredService<PackageSearch>();
        Assert.Equal(["kdenlive"], await search.SearchAsync("cut scenes out of a movie", Cancellation));
        var query = await ParseAsync(provider.GetRequiredService<ILsrQueryFactory>(), Cancellation);
        Assert.Equal(2, Assert.IsType<BooleanQuery>(query).Clauses.Count);
        var health = await provider.GetRequiredService<HealthCheckService>().CheckHealthAsync(Cancellation);
        Assert.Equal(HealthStatus.Healthy, health.Status);
    }

    [Fact]
    public async Task Registered_fallback_searches_titles_when_the_server_is_down()
    {
        var services = new ServiceCollection();
        AddServer(services);
        services.AddHttpClient("LuceneLsr.Hosting").ConfigurePrimaryHttpMessageHandler(() => new BrokenServer());
        await using var provider = services.BuildServiceProvider();
        var query = await provider.GetRequiredService<ILsrQueryFactory>()
            .CreateAsync("body", "cut AND scenes (", cancellationToken: Cancellation);
        Assert.Equal("title:cut title:scenes", query.ToString());
    }

    public void Dispose() => _directory.Dispose();

    private static void AddModel(IServiceCollection services, string checkpoint)
    {
        // <sample>
        services.AddLuceneLsr(_ => OnnxSparseEncoder.Load(checkpoint), encoder => encoder.Settings.ImpactScale);
        // </sample>
    }

    private static void AddServer(IServiceCollection services)
    {
        var server = new HttpEncoderOptions { VocabularyId = "v1" };
        var scale = new ImpactScale(50);

        // <sample>
        services.AddSingleton(new StandardAnalyzer(LuceneVersion.LUCENE_48));
        services.AddLuceneLsr(
                new Uri("http://127.0.0.1:8090/"), server, scale,
                client => client.AddStandardResilienceHandler(options => options.Retry.MaxRetryAttempts = 1))
            .Configure(options => options.Policy.Timeout = TimeSpan.FromMilliseconds(300))
            .Configure<StandardAnalyzer>((options, standard) => options.Policy.Fallback = failure =>
                new QueryBuilder(standard).CreateBooleanQuery("title", failure.Text));
        // </sample>
    }

    private static void AddHealthChecks(IServiceCollection services)
    {
        // <sample>
        services.AddHealthChecks()
            .AddLsrEncoder(failureStatus: HealthStatus.Degraded)
            .AddLsrIndex("body", provider => provider.GetRequiredService<SearcherManager>().Acquire().IndexReader);
        // </sample>
    }

    private static async Task<Query> ParseAsync(ILsrQueryFactory queries, CancellationToken cancellationToken)
    {
        // <sample>
        var parser = queries.CreateParser("body");
        var query = await parser.ParseAsync("cut scenes +title:video", cancellationToken);
        // </sample>

        return query;
    }

    private void Index(ISparseEncoder encoder, LsrAnalyzer analyzer)
    {
        using var writer = new IndexWriter(_directory, new IndexWriterConfig(LuceneVersion.LUCENE_48, analyzer));
        LsrIndexStamp.Ensure(writer, "body", encoder, analyzer.Scale);
        writer.AddDocument(
        [
            new StringField("id", "kdenlive", Field.Store.YES),
            new ImpactField("body", "non-linear video editor", Field.Store.NO),
        ]);
    }

    private sealed class BrokenServer : HttpMessageHandler
    {
        protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) =>
            throw new HttpRequestException("The server is down.");

        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(Send(request, cancellationToken));
    }
}
