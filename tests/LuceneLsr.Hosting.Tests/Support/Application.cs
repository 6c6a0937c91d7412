using System.Diagnostics.Metrics;
using LuceneLsr.Hosting.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;

namespace LuceneLsr.Hosting.Tests.Support;

/// <summary>A container with a recording encoder, a clock that the test moves, and recorded logs and metrics.</summary>
internal sealed class Application : IDisposable
{
    private readonly ServiceProvider _services;

    public Application(Action<LuceneLsrOptions>? configure = null, Action<IServiceCollection>? addServices = null)
    {
        var services = new ServiceCollection().AddSingleton<TimeProvider>(Clock).AddFakeLogging();
        addServices?.Invoke(services);
        services.AddLuceneLsr(_ => Encoder, _ => new ImpactScale(10)).Configure(configure ?? (_ => { }));
        _services = services.BuildServiceProvider();
    }

    public static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public RecordingEncoder Encoder { get; } = new();

    public FakeTimeProvider Clock { get; } = new();

    public FakeLogCollector Logs => Get<FakeLogCollector>();

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <summary>Records what an instrument measures from now on.</summary>
    public MetricCollector<T> Collect<T>(string instrument)
        where T : struct => new(Get<IMeterFactory>(), "LuceneLsr.Hosting", instrument);

    /// <summary>Disposes the container, where Polly waits for its last executions by the clock.</summary>
    public void Dispose()
    {
        var disposal = Task.Run(_services.Dispose);
        while (!disposal.Wait(TimeSpan.FromMilliseconds(1)))
        {
            Clock.Advance(TimeSpan.FromSeconds(1));
        }
    }
}
