using Lucene.Net.Index;
using Lucene.Net.QueryParsers.Classic;
using Lucene.Net.Search;
using Lucene.Net.Util;
using LuceneLsr.Analysis;
using LuceneLsr.Hosting.Queries;
using LuceneLsr.Hosting.Tests.Support;
using LuceneLsr.QueryParsing;
using LuceneLsr.Search;

namespace LuceneLsr.Hosting.Tests.Queries;

public sealed class AsyncQueryParserTests : IDisposable
{
    private readonly Application _application = new(options => options.Policy.Fallback = failure =>
        failure.Text == "declined" ? null : new TermQuery(new Term("title", failure.Text)));

    public void Dispose() => _application.Dispose();

    [Theory]
    [InlineData("cut scenes")]
    [InlineData("cut scenes OR \"deleted footage\" film^2")]
    [InlineData("+cut -(scenes film) title:movie mov* [a TO b]")]
    [InlineData("cut OR (cut AND film) OR cut")]
    public async Task Parse_returns_the_query_of_the_synchronous_parser(string text)
    {
        using var encoder = new RecordingEncoder();
        using var analyzer = new LsrAnalyzer(encoder, new ImpactScale(10));
        var expected = new LsrQueryParser(LuceneVersion.LUCENE_48, "body", analyzer).Parse(text);
        var parser = CreateParser();
        Assert.Equal(expected, await parser.ParseAsync(text, Application.Cancellation));
        Assert.Equal(expected, await parser.ParseAsync(text, Application.Cancellation));
        Assert.Equal(expected, parser.Parse(text));
    }

    [Fact]
    public async Task Parse_while_the_encoder_is_busy_does_not_block_the_caller()
    {
        using var gate = new Gate();
        _application.Encoder.BeforeEncode = gate.Pass;
        var query = CreateParser().ParseAsync("cut OR film", Application.Cancellation);
        await gate.WaitForArrivalAsync();
        Assert.False(query.IsCompleted);
        gate.Open();
        Assert.Equal(2, Assert.IsType<BooleanQuery>(await query).Clauses.Count);
    }

    [Fact]
    public async Task Parse_when_the_encoder_fails_replaces_each_text_by_the_fallback()
    {
        _application.Encoder.BeforeEncode = _ => throw new InvalidDataException();
        var query = await CreateParser().ParseAsync("cut scenes OR film^2", Application.Cancellation);
        Assert.Equal("title:cut scenes title:film^2.0", query.ToString());
    }

    [Fact]
    public async Task Parse_when_the_fallback_declines_throws_the_encoder_s_exception()
    {
        _application.Encoder.BeforeEncode = _ => throw new InvalidDataException();
        await Assert.ThrowsAsync<InvalidDataException>(
            () => CreateParser().ParseAsync("declined", Application.Cancellation));
    }

    [Fact]
    public async Task Parse_that_is_canceled_throws_without_a_fallback()
    {
        using var gate = new Gate();
        using var cancellation = new CancellationTokenSource();
        _application.Encoder.BeforeEncode = gate.Pass;
        var query = CreateParser().ParseAsync("cut", cancellation.Token);
        await gate.WaitForArrivalAsync();
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => query);
    }

    [Fact]
    public async Task Parse_whose_budget_is_canceled_throws_without_a_fallback()
    {
        using var gate = new Gate();
        using var cancellation = new CancellationTokenSource();
        _application.Encoder.BeforeEncode = gate.Pass;
        var parser = CreateParser();
        parser.Budget = new SearchBudget(Timeout.InfiniteTimeSpan, cancellationToken: cancellation.Token);
        var query = parser.ParseAsync("cut", Application.Cancellation);
        await gate.WaitForArrivalAsync();
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => query);
    }

    [Fact]
    public async Task Parse_malformed_string_throws_and_encodes_nothing()
    {
        await Assert.ThrowsAsync<ParseException>(() => CreateParser().ParseAsync("cut (", Application.Cancellation));
        Assert.Empty(_application.Encoder.Calls);
    }

    private AsyncQueryParser CreateParser() => _application.Get<ILsrQueryFactory>().CreateParser("body");
}
