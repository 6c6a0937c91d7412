using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace LuceneLsr.Playground.Security;

/// <summary>
/// Refuses requests that a page of another site makes in the browser of a user, unless they only read. Programs that
/// are not browsers send neither of the headers.
/// </summary>
internal static class SameOrigin
{
    /// <summary>Adds the check.</summary>
    public static void UseSameOrigin(this IApplicationBuilder server) => server.Use((context, next) =>
    {
        if (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method)
            || IsSameOrigin(context.Request))
        {
            return next(context);
        }

        throw new BadHttpRequestException(
            "The request comes from a page of another site. Use the page of this server, or a client that is not a browser.",
            StatusCodes.Status403Forbidden);
    });

    private static bool IsSameOrigin(HttpRequest request)
    {
        var (site, origin) = (request.Headers["Sec-Fetch-Site"].ToString(), request.Headers.Origin.ToString());
        return site is "" or "same-origin" or "none"
            && (origin.Length == 0 || HasHost(origin, request.Host));
    }

    // A proxy with TLS changes the scheme, so only names and ports are compared. Uri leaves out default ports.
    private static bool HasHost(string origin, HostString host) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var site)
        && (site.Scheme == Uri.UriSchemeHttp || site.Scheme == Uri.UriSchemeHttps)
        && Uri.TryCreate($"{site.Scheme}://{host}", UriKind.Absolute, out var self)
        && site.Authority == self.Authority;
}
