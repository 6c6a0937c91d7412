using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace LuceneLsr.TestSupport;

/// <summary>Finds free TCP ports.</summary>
public static class FreePort
{
    private const int FirstPort = 15_000;
    private const int LastPort = 30_000; // systems give out the ports above by themselves

    /// <summary>Returns a port of this machine that nobody listens on.</summary>
    public static int Find()
    {
        using var socket = new TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return ((IPEndPoint)socket.LocalEndpoint).Port;
    }

    /// <summary>Returns a random port at which nobody listens, and neither at some distances above it.</summary>
    public static int Find(params int[] offsets)
    {
        var used = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners()
            .Select(listener => listener.Port).ToHashSet();
        return Enumerable.Repeat(0, count: 1_000).Select(_ => Random.Shared.Next(FirstPort, LastPort - offsets.Max()))
            .First(port => offsets.All(offset => !used.Contains(port + offset)));
    }
}
