using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace LuceneLsr.Playground.Tests.Support;

/// <summary>A page of the playground. When it is closed, it must have had no errors and asked no other host.</summary>
public sealed class BrowserPage : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _faults = [];
    private readonly Uri _address;

    public BrowserPage(IPage page, Uri address)
    {
        (Page, _address) = (page, address);
        page.SetDefaultTimeout(10_000);
        page.Console += (_, message) => Note(message.Type is "error" or "warning", message.Text);
        page.PageError += (_, error) => Note(isFault: true, error);
        page.Request += (_, request) => Note(!_address.IsBaseOf(new Uri(request.Url)), request.Url);
    }

    public IPage Page { get; }

    /// <summary>Gets or sets a text of errors that the test provokes.</summary>
    public string? ExpectedFault { get; set; }

    public ILocator Hits(string engine = "lsr") => Page.Locator($".column[data-engine={engine}] .hit");

    public ILocator Chip(string term) => Page.Locator($".chip[data-term={term}]");

    public Task GoAsync(string path) => Page.GotoAsync(new Uri(_address, path).ToString());

    /// <summary>Waits until the ranking starts with a document.</summary>
    public Task WaitForFirstAsync(string id, string engine = "lsr") =>
        Assertions.Expect(Hits(engine).First).ToHaveAttributeAsync("data-id", id);

    public async Task<string[]> GetIdsAsync(string engine = "lsr") =>
        await Hits(engine).EvaluateAllAsync<string[]>("hits => hits.map(hit => hit.dataset.id)");

    public Task<int> GetWidthAsync() => Page.EvaluateAsync<int>("document.documentElement.scrollWidth");

    public async ValueTask DisposeAsync()
    {
        await Page.Context.DisposeAsync();
        Assert.Empty(_faults);
    }

    private void Note(bool isFault, string text)
    {
        if (isFault && (ExpectedFault is null || !text.Contains(ExpectedFault, StringComparison.Ordinal)))
        {
            _faults.Enqueue(text);
        }
    }
}
