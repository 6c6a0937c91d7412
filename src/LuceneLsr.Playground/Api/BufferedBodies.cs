using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace LuceneLsr.Playground.Api;

/// <summary>Keeps the bodies of requests, so that an error can quote the field that is wrong.</summary>
internal static class BufferedBodies
{
    /// <summary>Adds the buffers.</summary>
    /// <param name="server">The server.</param>
    /// <param name="maxSize">The maximum size of a body, which is held in memory.</param>
    public static void UseBufferedBodies(this IApplicationBuilder server, int maxSize) => server.Use((context, next) =>
    {
        context.Request.EnableBuffering(bufferThreshold: maxSize);
        return next(context);
    });
}
