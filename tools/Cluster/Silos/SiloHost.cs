using System.Net;
using LuceneLsr.Hosting;
using LuceneLsr.Onnx;
using LuceneLsr.Orleans;
using LuceneLsr.Orleans.Stores;
using Orleans.Dashboard;
using Orleans.Hosting;

namespace LuceneLsr.Tools.Cluster.Silos;

/// <summary>A silo of this process.</summary>
internal static class SiloHost
{
    private static readonly string Checkpoint = Path.Combine(AppContext.BaseDirectory, "english");

    /// <summary>Shorter than the default, so that users can watch replicas move.</summary>
    private static readonly TimeSpan RebalanceDelay = TimeSpan.FromSeconds(3);

    /// <summary>Creates the silo with a number. The first one has the dashboard.</summary>
    public static IHost Create(SiloSettings settings, int number)
    {
        var dashboardPort = number == 0 ? settings.DashboardPort : null;
        var builder = WebApplication.CreateSlimBuilder(
            new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.Sources.Clear(); // no settings from files and variables
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, dashboardPort ?? 0));
        builder.UseOrleans(silo =>
        {
            settings.Membership.Configure(silo, number);
            silo.AddDashboard();
            silo.AddLuceneLsrShards(
                _ => new FolderShardStore(Path.Combine(settings.Folder, "store")),
                options =>
                {
                    (options.Shards, options.Replicas) = (settings.Shards, settings.Replicas);
                    options.RebalanceDelay = RebalanceDelay;
                    options.LocalFolder = Path.Combine(settings.Folder, "local");
                });
        });
        if (settings.HasEncoder)
        {
            builder.Services
                .AddLuceneLsr(_ => OnnxSparseEncoder.Load(Checkpoint), encoder => encoder.Settings.ImpactScale)
                .Configure(options => options.Policy.Timeout = TimeSpan.FromSeconds(10));
        }

        var silo = builder.Build();
        if (dashboardPort is not null)
        {
            silo.MapOrleansDashboard();
        }

        return silo;
    }
}
