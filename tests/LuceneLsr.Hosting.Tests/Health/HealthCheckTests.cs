using Lucene.Net.Index;
using Lucene.Net.Store;
using Lucene.Net.Util;
using LuceneLsr.Analysis;
using LuceneLsr.Hosting.Tests.Support;
using LuceneLsr.Indexing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace LuceneLsr.Hosting.Tests.Health;

public class HealthCheckTests
{
    [Fact]
    public async Task Check_an_encoder_that_works_is_healthy_and_asks_it_each_time()
    {
        using var application = Create(checks => checks.AddLsrEncoder());
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(application)).Status);
        await CheckAsync(application);
        Assert.Equal(2, application.Encoder.Calls.Count);
    }

    [Fact]
    public async Task Check_an_encoder_that_fails_has_the_failure_status_and_the_exception()
    {
        using var application = Create(checks => checks.AddLsrEncoder(failureStatus: HealthStatus.Degraded));
        application.Encoder.BeforeEncode = _ => throw new InvalidDataException("The model is broken.");
        var entry = await CheckAsync(application);
        Assert.Equal((HealthStatus.Degraded, "The model is broken."), (entry.Status, entry.Exception?.Message));
    }

    [Fact]
    public async Task Check_an_encoder_that_hangs_is_unhealthy_after_the_timeout()
    {
        using var hanging = new ManualResetEventSlim();
        using var application = Create(checks => checks.AddLsrEncoder(timeout: TimeSpan.FromMilliseconds(20)));
        application.Encoder.BeforeEncode = _ => hanging.Wait(CancellationToken.None); // whatever its own says
        Assert.Equal(HealthStatus.Unhealthy, (await CheckAsync(application)).Status);
        hanging.Set();
    }

    [Fact]
    public async Task Check_an_index_of_the_encoder_is_healthy_and_releases_the_reader()
    {
        using var directory = CreateIndex("words");
        using var reader = DirectoryReader.Open(directory);
        using var application = Create(checks => checks.AddLsrIndex("body", _ =>
        {
            reader.IncRef();
            return reader;
        }));
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(application)).Status);
        Assert.Equal(1, reader.RefCount);
    }

    [Fact]
    public async Task Check_an_index_of_another_encoder_has_the_failure_status_and_releases_the_reader()
    {
        using var directory = CreateIndex("other");
        DirectoryReader? reader = null;
        using var application = Create(checks => checks.AddLsrIndex(
            "body", _ => reader = DirectoryReader.Open(directory), failureStatus: HealthStatus.Degraded));
        var entry = await CheckAsync(application);
        Assert.Equal(HealthStatus.Degraded, entry.Status);
        Assert.Contains("vocabulary 'other'", entry.Exception?.Message, StringComparison.Ordinal);
        Assert.Equal(0, reader?.RefCount);
    }

    private static Application Create(Action<IHealthChecksBuilder> addChecks) =>
        new(addServices: services => addChecks(services.AddHealthChecks()));

    private static async Task<HealthReportEntry> CheckAsync(Application application) =>
        Assert.Single(
            (await application.Get<HealthCheckService>().CheckHealthAsync(Application.Cancellation)).Entries).Value;

    private static RAMDirectory CreateIndex(string vocabularyId)
    {
        var directory = new RAMDirectory();
        using var encoder = new RecordingEncoder { VocabularyId = vocabularyId };
        using var analyzer = new LsrAnalyzer(encoder, new ImpactScale(10));
        using var writer = new IndexWriter(directory, new IndexWriterConfig(LuceneVersion.LUCENE_48, analyzer));
        LsrIndexStamp.Write(writer, "body", encoder, analyzer.Scale);
        writer.Commit();
        return directory;
    }
}
