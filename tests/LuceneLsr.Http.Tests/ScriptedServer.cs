using System.Net;
using System.Text;

namespace LuceneLsr.Http.Tests;

/// <summary>A server that gives prepared answers, one after the other, and records the requests.</summary>
internal sealed class ScriptedServer(params (HttpStatusCode Status, string Body)[] answers) : HttpMessageHandler
{
    public List<(string Path, string Body)> Requests { get; } = [];

    public HttpClient CreateClient() => new(this) { BaseAddress = new Uri("http://localhost/models/") };

    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var sent = new MemoryStream();
        request.Content!.CopyTo(sent, context: null, cancellationToken);
        Requests.Add((request.RequestUri!.AbsolutePath, Encoding.UTF8.GetString(sent.ToArray())));
        var (status, body) = answers[Requests.Count - 1];
        return new HttpResponseMessage(status) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
    }

    protected override Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken) =>
        Task.FromResult(Send(request, cancellationToken));
}
