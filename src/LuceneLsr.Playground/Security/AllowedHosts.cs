using System.Net;
using System.Net.NetworkInformation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace LuceneLsr.Playground.Security;

/// <summary>
/// Refuses requests whose Host header has another name than this server: those of a page of another site whose name is
/// made to resolve to this machine (DNS rebinding).
/// </summary>
internal static class AllowedHosts
{
    private static readonly string[] Local = ["localhost", "127.0.0.1", "[::1]"];

    /// <summary>Adds the check. The host filter of the framework would answer with HTML.</summary>
    public static void UseAllowedHosts(this IApplicationBuilder server, IEnumerable<string> hosts)
    {
        StringSegment[] allowed = [.. hosts.Select(host => new StringSegment(new HostString(host).ToUriComponent()))];
        server.Use((context, next) => IsAllowed(context.Request.Host, allowed)
            ? next(context)
            : throw new BadHttpRequestException(
                $"'{context.Request.Host}' is not a host of this server. Use one of its own, or start the server with "
                + "this one as a further host (--host of lsr-search serve)."));
    }

    /// <summary>Returns the names of this machine that lead to an address, and further ones.</summary>
    public static IReadOnlyList<string> Find(IPAddress address, IEnumerable<string> others) =>
        [.. (IPAddress.IsLoopback(address) ? Local : [.. Local, Dns.GetHostName(), .. FindAddresses(address)])
            .Append(Format(address)).Concat(others).Distinct(StringComparer.OrdinalIgnoreCase)];

    // Browsers always send the header, so a client without it is none.
    private static bool IsAllowed(HostString host, StringSegment[] allowed) =>
        !host.HasValue || HostString.MatchesAny(host.ToUriComponent(), allowed);

    private static IEnumerable<string> FindAddresses(IPAddress address) =>
        address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any)
            ? NetworkInterface.GetAllNetworkInterfaces()
                .SelectMany(network => network.GetIPProperties().UnicastAddresses)
                .Select(unicast => Format(unicast.Address))
            : [];

    private static string Format(IPAddress address) =>
        address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? $"[{address}]" : address.ToString();
}
