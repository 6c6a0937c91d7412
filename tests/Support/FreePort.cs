using System.Net;
using System.Net.Sockets;

namespace LuceneLsr.TestSupport;

/// <summary>Finds free TCP ports.</summary>
public static class FreePort
{
    /// <summary>Returns a port of this machine that nobody listens on.</summary>
    public static int Find()
    {
        using var socket = new TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return ((IPEndPoint)socket.LocalEndpoint).Port;
    }
}
