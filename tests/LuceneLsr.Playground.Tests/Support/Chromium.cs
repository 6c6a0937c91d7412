using Microsoft.Playwright;

namespace LuceneLsr.Playground.Tests.Support;

/// <summary>A headless Chromium of this machine, if it has one.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private const string Variable = "LUCENELSR_CHROMIUM";

    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "chrome", "msedge"];
    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync",
    ];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        if (FindExecutable() is { } path)
        {
            _playwright = await Playwright.CreateAsync();
            _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = path, Args = Arguments });
        }
    }

    /// <summary>Opens a page of a new session, or skips the test if there is no browser.</summary>
    public async Task<BrowserPage> OpenAsync(Uri address, string path = "", int width = 1280, bool isDark = false)
    {
        Assert.SkipWhen(
            _browser is null, $"There is no Chromium on the PATH. Install one, or set {Variable} to its path.");
        var context = await _browser!.NewContextAsync(new()
        {
            ViewportSize = new() { Width = width, Height = 900 },
            ColorScheme = isDark ? ColorScheme.Dark : ColorScheme.Light,
        });
        var page = new BrowserPage(await context.NewPageAsync(), address);
        await page.GoAsync(path);
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }

    private static string? FindExecutable() => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } path
        ? path
        : (from folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
           from name in Names
           from file in new[] { Path.Combine(folder, name), Path.Combine(folder, $"{name}.exe") }
           where File.Exists(file)
           select file).FirstOrDefault();
}
