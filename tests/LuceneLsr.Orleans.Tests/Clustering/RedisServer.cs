using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using LuceneLsr.TestSupport;

namespace LuceneLsr.Orleans.Tests.Clustering;

/// <summary>A Redis server of its own on a free port.</summary>
internal sealed class RedisServer : IDisposable
{
    private readonly Process _process;

    private RedisServer(Process process, int port) =>
        (_process, ConnectionString) = (process, $"127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}");

    public string ConnectionString { get; }

    /// <summary>Starts the server, or returns null if it is not installed.</summary>
    public static RedisServer? TryStart()
    {
        var port = FreePort.Find();
        try
        {
            var process = Process.Start(new ProcessStartInfo(
                "redis-server", ["--port", $"{port}", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"])
            {
                RedirectStandardOutput = true,
                WorkingDirectory = Path.GetTempPath(),
            })!;
            process.BeginOutputReadLine();
            WaitForPort(port);
            return new(process, port);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private static void WaitForPort(int port)
    {
        for (var attempt = 0;; attempt++)
        {
            try
            {
                using var socket = new TcpClient("127.0.0.1", port);
                return;
            }
            catch (SocketException) when (attempt < 100)
            {
                Thread.Sleep(50);
            }
        }
    }
}
