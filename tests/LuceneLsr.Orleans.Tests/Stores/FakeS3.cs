using System.Collections.Concurrent;
using System.Net;
using System.Security;
using LuceneLsr.TestSupport;

namespace LuceneLsr.Orleans.Tests.Stores;

/// <summary>
/// The few calls of S3 that a store uses, over HTTP: put an object (If-None-Match), get, delete and list version 2.
/// </summary>
internal sealed class FakeS3 : IDisposable
{
    /// <summary>The number of keys of a page of a list.</summary>
    public const int PageSize = 7;

    private readonly string _bucket;
    private readonly HttpListener _listener = new();
    private readonly ConcurrentDictionary<string, byte[]> _objects = new(StringComparer.Ordinal);

    public FakeS3(string bucket)
    {
        _bucket = bucket;
        Address = $"http://127.0.0.1:{FreePort.Find()}/";
        _listener.Prefixes.Add(Address);
        _listener.Start();
        _ = Task.Run(ServeAsync);
    }

    public string Address { get; }

    public void Dispose() => _listener.Close();

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            var context = await _listener.GetContextAsync();
            _ = Task.Run(() => AnswerAsync(context));
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        var (status, body) = await HandleAsync(context.Request);
        context.Response.StatusCode = (int)status;
        if (context.Request.HttpMethod == "PUT" && status == HttpStatusCode.OK)
        {
            context.Response.Headers["ETag"] = "\"0\"";
        }

        if (status != HttpStatusCode.NoContent)
        {
            context.Response.ContentLength64 = body.Length;
            await context.Response.OutputStream.WriteAsync(body);
        }

        context.Response.Close();
    }

    private async Task<(HttpStatusCode Status, byte[] Body)> HandleAsync(HttpListenerRequest request)
    {
        var path = Uri.UnescapeDataString(request.Url!.AbsolutePath).Split('/', 3);
        if (path[1] != _bucket)
        {
            return Fail(HttpStatusCode.NotFound, "NoSuchBucket");
        }

        var key = path.Length > 2 ? path[2] : "";
        switch (request.HttpMethod)
        {
            case "PUT":
                var body = await ReadBodyAsync(request);
                if (request.Headers["If-None-Match"] != "*")
                {
                    _objects[key] = body;
                }
                else if (!_objects.TryAdd(key, body))
                {
                    return Fail(HttpStatusCode.PreconditionFailed, "PreconditionFailed");
                }

                return (HttpStatusCode.OK, []);
            case "DELETE":
                _objects.TryRemove(key, out _);
                return (HttpStatusCode.NoContent, []);
            case "GET" when key.Length == 0:
                var query = request.QueryString;
                return (HttpStatusCode.OK, List(query["prefix"]!, query["continuation-token"]));
            case "GET":
                return _objects.TryGetValue(key, out var found)
                    ? (HttpStatusCode.OK, found)
                    : Fail(HttpStatusCode.NotFound, "NoSuchKey");
            default:
                return Fail(HttpStatusCode.NotImplemented, "NotImplemented");
        }
    }

    private byte[] List(string prefix, string? after)
    {
        string[] keys = [.. _objects.Keys
            .Where(key => key.StartsWith(prefix, StringComparison.Ordinal) && string.CompareOrdinal(key, after) > 0)
            .Order(StringComparer.Ordinal)];
        var page = keys.Take(PageSize).ToList();
        var next = keys.Length > PageSize
            ? "<IsTruncated>true</IsTruncated>"
                + $"<NextContinuationToken>{SecurityElement.Escape(page[^1])}</NextContinuationToken>"
            : "<IsTruncated>false</IsTruncated>";
        var contents = string.Concat(page.Select(key =>
            $"<Contents><Key>{SecurityElement.Escape(key)}</Key><Size>{_objects[key].Length}</Size></Contents>"));
        return System.Text.Encoding.UTF8.GetBytes(
            $"<ListBucketResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">{next}{contents}</ListBucketResult>");
    }

    // The SDK may send a body in signed chunks: "SIZE;chunk-signature=...\r\n" bytes "\r\n", the last of size 0.
    private static async Task<byte[]> ReadBodyAsync(HttpListenerRequest request)
    {
        using var body = new MemoryStream();
        await request.InputStream.CopyToAsync(body);
        var bytes = body.ToArray();
        return request.Headers["x-amz-decoded-content-length"] is null ? bytes : Decode(bytes);
    }

    private static byte[] Decode(byte[] bytes)
    {
        using var decoded = new MemoryStream();
        for (var position = 0;;)
        {
            var end = bytes.AsSpan(position).IndexOf("\r\n"u8);
            var header = System.Text.Encoding.ASCII.GetString(bytes, position, end).Split(';')[0];
            var size = Convert.ToInt32(header, 16);
            if (size == 0)
            {
                return decoded.ToArray();
            }

            decoded.Write(bytes, position + end + 2, size);
            position += end + 2 + size + 2;
        }
    }

    private static (HttpStatusCode Status, byte[] Body) Fail(HttpStatusCode status, string code) => (
        status, System.Text.Encoding.UTF8.GetBytes($"<Error><Code>{code}</Code><Message>{code}</Message></Error>"));
}
