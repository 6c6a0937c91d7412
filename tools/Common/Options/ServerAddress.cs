using System.Net;

namespace LuceneLsr.Tools.Common.Options;

/// <summary>The address that a server listens on.</summary>
public static class ServerAddress
{
    /// <summary>Parses an address such as http://127.0.0.1:8090.</summary>
    /// <exception cref="FormatException">It is not the address of a network interface.</exception>
    public static IPEndPoint Parse(string url)
    {
        if (Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri is { Scheme: "http", PathAndQuery: "/" }
            && FindAddress(uri.DnsSafeHost) is { } address)
        {
            return new IPEndPoint(address, uri.Port);
        }

        throw new FormatException(
            $"--url '{url}' must be http://ADDRESS:PORT with an IP address or localhost, such as "
            + "http://127.0.0.1:8090.");
    }

    private static IPAddress? FindAddress(string host) =>
        host == "localhost" ? IPAddress.Loopback : IPAddress.TryParse(host, out var address) ? address : null;
}
