using Lucene.Net.Index;
using Lucene.Net.Search;
using LuceneLsr.Hosting.Queries;
using LuceneLsr.Hosting.Tests.Support;
using LuceneLsr.Search;
using Microsoft.Extensions.Logging;

namespace LuceneLsr.Hosting.Tests.Queries;

public class LsrQueryFactoryTests
{
    [Fact]
    public async Task Create_quantizes_the_vector_of_the_text_with_its_syntax()
    {
        using var application = new Application();
        var budget = new SearchBudget(TimeSpan.FromSeconds(1));
        var query = await CreateAsync(application, "cut +film*", budget);
        var impacts = Assert.IsType<ImpactQuery>(query);
        Assert.Equal("body", impacts.Field);
        Assert.Equal(
            [new("+film*", 10), new("cut", 10)], impacts.Terms.OrderBy(term => term.Term, StringComparer.Ordinal));
        Assert.Same(budget, impacts.Budget);
    }

    [Fact]
    public async Task Create_from_text_without_terms_matches_nothing()
    {
        using var application = new Application();
        Assert.Empty(Assert.IsType<BooleanQuery>(await CreateAsync(application, " ")).Clauses);
    }

    [Fact]
    public async Task Create_when_the_encoder_fails_uses_the_fallback_and_logs_and_counts_it()
    {
        using var application = CreateFailing();
        using var fallbacks = application.Collect<long>("lucenelsr.query.fallbacks");
        var query = await CreateAsync(application, "cut scenes");
        Assert.Equal(new TermQuery(new Term("title", "body: cut scenes")), query);
        var log = application.Logs.LatestRecord;
        Assert.Equal((LogLevel.Warning, 1, "EncoderFallback"), (log.Level, log.Id.Id, log.Id.Name));
        Assert.Contains("InvalidDataException: ", log.Message, StringComparison.Ordinal);
        Assert.Null(log.Exception); // a stack trace per query would flood the log
        Assert.Contains("'body'", log.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("scenes", log.Message, StringComparison.Ordinal); // what people search for is private
        var measurement = Assert.Single(fallbacks.GetMeasurementSnapshot());
        Assert.Equal((1, "System.IO.InvalidDataException"), (measurement.Value, measurement.Tags["error.type"]));
    }

    [Fact]
    public async Task Create_without_fallback_throws_and_logs_nothing()
    {
        using var application = new Application();
        application.Encoder.BeforeEncode = _ => throw new InvalidDataException();
        await Assert.ThrowsAsync<InvalidDataException>(async () => await CreateAsync(application, "cut"));
        Assert.DoesNotContain(application.Logs.GetSnapshot(), log => log.Id.Name == "EncoderFallback");
    }

    [Fact]
    public async Task Create_with_a_fallback_that_declines_throws_the_encoder_s_exception()
    {
        using var application = new Application(options => options.Policy.Fallback = _ => null);
        using var fallbacks = application.Collect<long>("lucenelsr.query.fallbacks");
        application.Encoder.BeforeEncode = _ => throw new InvalidDataException();
        await Assert.ThrowsAsync<InvalidDataException>(async () => await CreateAsync(application, "cut"));
        Assert.Empty(fallbacks.GetMeasurementSnapshot());
    }

    [Fact]
    public async Task Create_that_is_canceled_has_no_fallback()
    {
        using var application = CreateFailing();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await application.Get<ILsrQueryFactory>().CreateAsync(
                "body", "cut", cancellationToken: new CancellationToken(canceled: true)));
    }

    [Fact]
    public void Parser_of_the_factory_has_the_fallback()
    {
        using var application = CreateFailing();
        using var fallbacks = application.Collect<long>("lucenelsr.query.fallbacks");
        var query = application.Get<ILsrQueryFactory>().CreateParser("body").Parse("cut scenes");
        Assert.Equal(new TermQuery(new Term("title", "body: cut scenes")), query);
        Assert.Single(fallbacks.GetMeasurementSnapshot());
    }

    private static Application CreateFailing()
    {
        var application = new Application(options => options.Policy.Fallback = failure =>
            new TermQuery(new Term("title", $"{failure.Field}: {failure.Text}")));
        application.Encoder.BeforeEncode = _ => throw new InvalidDataException();
        return application;
    }

    private static ValueTask<Query> CreateAsync(Application application, string text, SearchBudget? budget = null) =>
        application.Get<ILsrQueryFactory>().CreateAsync("body", text, budget, Application.Cancellation);
}
