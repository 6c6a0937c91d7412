using System.Globalization;
using LuceneLsr.Tools.Cluster.Options;

namespace LuceneLsr.Tools.Cluster.Silos;

/// <summary>What a silo process needs to know.</summary>
/// <param name="Membership">How it finds the others.</param>
/// <param name="Folder">The folder of the store, which all silos share.</param>
/// <param name="Shards">The number of shards.</param>
/// <param name="Replicas">The number of replicas of each shard.</param>
/// <param name="DashboardPort">The port of the dashboard on the first silo, or null for none.</param>
/// <param name="HasEncoder">Whether it loads the built-in encoder.</param>
internal sealed record SiloSettings(
    Membership Membership, string Folder, int Shards, int Replicas, int? DashboardPort, bool HasEncoder)
{
    /// <summary>Returns the command-line options of these settings.</summary>
    public IEnumerable<string> ToArguments() =>
    [
        .. Membership.ToArguments(), "--folder", Folder,
        "--shards", Shards.ToString(CultureInfo.InvariantCulture),
        "--replicas", Replicas.ToString(CultureInfo.InvariantCulture),
        .. DashboardPort is { } port
            ? ["--dashboard", port.ToString(CultureInfo.InvariantCulture)]
            : Array.Empty<string>(),
        .. HasEncoder ? ["--encoder"] : Array.Empty<string>(),
    ];
}
