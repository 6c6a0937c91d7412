using System.Net;

namespace LuceneLsr.Playground;

/// <summary>Settings of a <see cref="PlaygroundServer"/>.</summary>
public sealed record PlaygroundOptions
{
    /// <summary>
    /// Gets the address to listen on, by default port 5180 of this machine alone. The server has no authentication:
    /// whoever reaches the address can read every document and change the rules.
    /// </summary>
    public IPEndPoint Address { get; init; } = new(IPAddress.Loopback, 5180);

    /// <summary>
    /// Gets further names that the server is reached by, such as that of a proxy. Others are refused.
    /// </summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];
}
