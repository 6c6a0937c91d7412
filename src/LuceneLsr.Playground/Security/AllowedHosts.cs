using System.Net;
using System.Net.NetworkInformation;

namespace LuceneLsr.Playground.Security;

/// <summary>
/// Finds the names that a Host header may have. A page of another site whose name is made to resolve to this machine
/// (DNS rebinding) is refused, because the header has its name.
/// </summary>
internal static class AllowedHosts
{
    private static readonly string[] Local = ["localhost", "127.0.0.1", "[::1]"];

    /// <summary>Returns the names of this machine that lead to an address, and further ones.</summary>
    public static IList<string> Find(IPAddress address, IEnumerable<string> others) =>
        [.. (IPAddress.IsLoopback(address) ? Local : [.. Local, Dns.GetHostName(), .. FindAddresses(address)])
            .Append(Format(address)).Concat(others).Distinct(StringComparer.OrdinalIgnoreCase)];

    private static IEnumerable<string> FindAddresses(IPAddress address) =>
        address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any)
            ? NetworkInterface.GetAllNetworkInterfaces()
                .SelectMany(network => network.GetIPProperties().UnicastAddresses)
                .Select(unicast => Format(unicast.Address))
            : [];

    private static string Format(IPAddress address) =>
        address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? $"[{address}]" : address.ToString();
}
