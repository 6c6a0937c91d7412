using System.Text.Json;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using LuceneLsr.Playground.Messages;
using LuceneLsr.Playground.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LuceneLsr.Playground.Tests.Pages;

/// <summary>The page in a real browser.</summary>
public sealed class PageTests(TinyPlayground playground, Chromium chromium)
    : IClassFixture<TinyPlayground>, IClassFixture<Chromium>
{
    private const string Query = "?q=cut+movie";

    [Fact]
    public async Task Typing_searches_by_each_engine()
    {
        await using var page = await OpenAsync();
        await page.Page.GetByLabel("Query", new() { Exact = true }).PressSequentiallyAsync("cut movie");
        await page.WaitForFirstAsync("cutter", "bm25");
        await page.WaitForFirstAsync("cutter", "lsr");
        await page.WaitForFirstAsync("cutter", "hybrid");
        await Expect(page.Page.Locator(".column[data-engine=lsr] .ndcg")).ToContainTextAsync("nDCG@10 0.");
        await Expect(page.Hits().First.Locator(".badge")).ToHaveTextAsync("relevant, grade 2");
        await Expect(page.Page).ToHaveURLAsync(new Uri(playground.Address, Query).ToString());
    }

    [Fact]
    public async Task Choosing_a_judged_query_searches_it()
    {
        await using var page = await OpenAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "cut movie" }).ClickAsync();
        await page.WaitForFirstAsync("cutter");
        await page.Page.GetByLabel("Judged queries").SelectOptionAsync("film");
        await page.WaitForFirstAsync("editor");
        await Expect(page.Page.Locator("#query")).ToHaveValueAsync("film");
    }

    [Fact]
    public async Task Switching_a_term_off_changes_the_ranking_and_back_restores_it()
    {
        await using var page = await OpenAsync(Query);
        await page.WaitForFirstAsync("cutter");
        var before = await page.GetIdsAsync();
        await page.Chip("cut").Locator(".chip-toggle").ClickAsync();
        await Expect(page.Chip("cut").Locator(".chip-toggle")).ToHaveAttributeAsync("aria-pressed", "false");
        await Expect(page.Hits()).Not.ToHaveCountAsync(0);
        await page.Page.WaitForFunctionAsync(
            "before => JSON.stringify([...document.querySelectorAll('.column[data-engine=lsr] .hit')]"
            + ".map(hit => hit.dataset.id)) !== JSON.stringify(before)", before);
        await page.Page.GoBackAsync();
        await Expect(page.Chip("cut").Locator(".chip-toggle")).ToHaveAttributeAsync("aria-pressed", "true");
        Assert.Equal(before, await page.GetIdsAsync());
        await page.Page.GoForwardAsync();
        await Expect(page.Chip("cut").Locator(".chip-toggle")).ToHaveAttributeAsync("aria-pressed", "false");
    }

    [Fact]
    public async Task Link_reproduces_the_state()
    {
        await using var page = await OpenAsync(Query);
        await page.WaitForFirstAsync("cutter");
        await page.Chip("movie").GetByLabel("Change the weight of movie").ClickAsync();
        await page.Page.Locator("#term-weight").FillAsync("200");
        await page.Page.Keyboard.PressAsync("Escape");
        await page.Chip("trim").Locator(".chip-toggle").ClickAsync();
        await page.Page.Locator("#dials summary").ClickAsync();
        await page.Page.GetByLabel("Weight of LSR").FillAsync("0.9");
        await Expect(page.Chip("movie").Locator(".chip-weight")).ToHaveTextAsync("200");
        await Expect(page.Chip("trim").Locator(".chip-weight")).ToHaveTextAsync("off");
        await page.Hits().Nth(1).GetByText("Why").ClickAsync();
        await Expect(page.Hits().Nth(1).Locator("table")).ToBeVisibleAsync();
        var link = new Uri(page.Page.Url).PathAndQuery;
        await using var other = await OpenAsync(link);
        await Expect(other.Chip("movie").Locator(".chip-weight")).ToHaveTextAsync("200");
        await Expect(other.Chip("trim").Locator(".chip-weight")).ToHaveTextAsync("off");
        await Expect(other.Page.Locator("#dials-summary")).ToContainTextAsync("weight of lsr 0.9");
        await Expect(other.Hits().Nth(1).Locator("table")).ToBeVisibleAsync();
        foreach (var engine in new[] { "bm25", "lsr", "hybrid" })
        {
            Assert.Equal(await page.GetIdsAsync(engine), await other.GetIdsAsync(engine));
        }
    }

    [Fact]
    public async Task Dials_change_results_at_once()
    {
        await using var page = await OpenAsync("?q=movie");
        await Expect(page.Hits()).ToHaveCountAsync(4);
        await page.Page.Locator("#dials summary").ClickAsync();
        await page.Page.Locator("#dial-t").FillAsync("1");
        await Expect(page.Page.Locator("#terms-info")).ToContainTextAsync("1 of 3 searched");
        await Expect(page.Chip("film")).ToHaveClassAsync(new System.Text.RegularExpressions.Regex("pruned"));
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Reset dials" }).ClickAsync();
        await Expect(page.Page.Locator("#terms-info")).ToContainTextAsync("3 of 3 searched");
    }

    [Fact]
    public async Task Search_sends_every_dial_at_the_default_of_the_server()
    {
        await using var page = await OpenAsync();
        var request = await page.Page.RunAndWaitForRequestAsync(
            () => page.Page.Locator("#query").FillAsync("movie"), request => request.Url.EndsWith("api/search", StringComparison.Ordinal));
        using var body = JsonDocument.Parse(request.PostData!);
        Assert.Equal(
            ["b", "count", "feedbackDocuments", "feedbackTerms", "feedbackWeight", "hybridWeight", "k1", "minRatio", "text"],
            body.RootElement.EnumerateObject().Select(field => field.Name).Order());
        Assert.Equal(
            new SearchRequest { Text = "movie" }, body.Deserialize<SearchRequest>(JsonSerializerOptions.Web));
    }

    [Fact]
    public async Task Script_in_documents_and_query_does_not_run()
    {
        await using var page = await OpenAsync($"?q={Uri.EscapeDataString($"movie {TinyPlayground.Script}")}");
        var evil = page.Hits().Filter(new() { HasText = "Evil movie" });
        await Expect(evil.Locator("h3")).ToHaveTextAsync($"Evil movie {TinyPlayground.Script}");
        await evil.GetByText("Why").ClickAsync();
        await Expect(evil.Locator("table")).ToBeVisibleAsync();
        await evil.GetByText("Make a rule for this document").ClickAsync();
        await Expect(page.Page.Locator("#rule-document")).ToHaveValueAsync(TinyPlayground.Documents[^1].Id);
        Assert.Equal(0, await page.Page.Locator(".columns img, .columns svg, main script, .terms img").CountAsync());
        Assert.Null(await page.Page.EvaluateAsync<int?>("window.hacked ?? null"));
    }

    [Fact]
    public async Task Markup_in_a_text_is_refused_by_the_policy()
    {
        await using var page = await OpenAsync(Query);
        page.ExpectedFault = "TrustedHTML";
        await page.WaitForFirstAsync("cutter");
        Assert.True(await page.Page.EvaluateAsync<bool>(
            "() => { try { document.body.innerHTML = '<p>'; return false; } catch { return true; } }"));
    }

    [Fact]
    public async Task Page_works_with_the_keyboard_alone()
    {
        await using var page = await OpenAsync();
        var keyboard = page.Page.Keyboard;
        await Expect(page.Page.Locator("#query")).ToBeFocusedAsync();
        await keyboard.TypeAsync("cut movie");
        await keyboard.PressAsync("Enter");
        await page.WaitForFirstAsync("cutter");
        await page.Chip("cut").Locator(".chip-toggle").FocusAsync();
        await keyboard.PressAsync("Space");
        await Expect(page.Chip("cut").Locator(".chip-toggle")).ToHaveAttributeAsync("aria-pressed", "false");
        await Expect(page.Chip("cut").Locator(".chip-toggle")).ToBeFocusedAsync();
        await keyboard.PressAsync("Space");
        await page.WaitForFirstAsync("cutter");
        await keyboard.PressAsync("Shift+Enter");
        await Expect(page.Page.Locator("#term-weight")).ToBeFocusedAsync();
        await keyboard.PressAsync("Escape");
        await keyboard.PressAsync("2");
        await Expect(page.Hits().First).ToBeFocusedAsync();
        await keyboard.PressAsync("j");
        await Expect(page.Hits().Nth(1)).ToBeFocusedAsync();
        await keyboard.PressAsync("e");
        await Expect(page.Hits().Nth(1).Locator("table")).ToBeVisibleAsync();
        await keyboard.PressAsync("e");
        await Expect(page.Hits().Nth(1).Locator(".explanation")).ToBeHiddenAsync();
        await keyboard.PressAsync("k");
        await keyboard.PressAsync("/");
        await Expect(page.Page.Locator("#query")).ToBeFocusedAsync();
        await keyboard.PressAsync("Tab");
        await keyboard.PressAsync("?");
        await keyboard.PressAsync("Escape");
    }

    [Fact]
    public async Task Rule_is_made_from_a_term_tried_applied_and_undone()
    {
        await using var page = await OpenAsync("?q=film");
        await page.WaitForFirstAsync("editor");
        await page.Chip("movie").GetByLabel("Change the weight of movie").ClickAsync();
        await page.Page.Locator("#term-weight").FillAsync("0");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Make a rule" }).ClickAsync();
        await Expect(page.Page.Locator("#rule-amount")).ToHaveValueAsync("0");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Try", Exact = true }).ClickAsync();
        await Expect(page.Page.Locator("#trial")).ToContainTextAsync("2 judged queries");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Reset terms" }).ClickAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Apply" }).ClickAsync();
        await Expect(page.Page.Locator("#rule-list")).ToContainTextAsync("Queries with film: movie never matches");
        await Expect(page.Chip("movie").Locator(".chip-rule")).ToBeVisibleAsync();
        await Expect(page.Chip("movie").Locator(".chip-weight")).ToHaveTextAsync("off");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Undo the last change" }).ClickAsync();
        await Expect(page.Page.Locator("#rule-list li")).ToHaveCountAsync(0);
        await Expect(page.Chip("movie").Locator(".chip-weight")).ToHaveTextAsync("10");
    }

    [Fact]
    public async Task Two_windows_do_not_overwrite_each_others_rules()
    {
        await using var first = await OpenAsync("?q=dress");
        await using var second = await OpenAsync("?q=dress");
        second.ExpectedFault = "409";
        await DraftRuleAsync(first, "first");
        await DraftRuleAsync(second, "second");
        await second.Page.Locator("#rule-amount").FillAsync("0.25"); // the same rule would be refused
        await ApplyAsync(first);
        await Expect(first.Page.Locator("#rule-list")).ToContainTextAsync("first");
        await ApplyAsync(second);
        await Expect(second.Page.Locator("#rules-error")).ToContainTextAsync("have changed since");
        await Expect(second.Page.Locator("#rule-list")).ToContainTextAsync("first");
        await ApplyAsync(second);
        await Expect(second.Page.Locator("#rule-list li")).ToHaveCountAsync(2);
        await second.Page.Locator("#rule-list").GetByText("Remove").First.ClickAsync();
        await Expect(second.Page.Locator("#rule-list li")).ToHaveCountAsync(1);
        await second.Page.Locator("#rule-list").GetByText("Remove").First.ClickAsync();
        await Expect(second.Page.Locator("#rule-list li")).ToHaveCountAsync(0);
    }

    [Theory]
    [InlineData(360, false)]
    [InlineData(360, true)]
    [InlineData(1280, false)]
    public async Task Nothing_overflows_with_everything_open(int width, bool isDark)
    {
        await using var page = await OpenAsync($"?q={Uri.EscapeDataString($"cut movie {TinyPlayground.Script}")}", width, isDark);
        await Expect(page.Hits()).Not.ToHaveCountAsync(0);
        await page.Page.EvaluateAsync("document.querySelectorAll('details').forEach(part => { part.open = true; })");
        await page.Hits().Filter(new() { HasText = "Evil" }).GetByText("Why").ClickAsync();
        await Expect(page.Hits().Locator("table").First).ToBeVisibleAsync();
        Assert.True(await page.GetWidthAsync() <= width);
    }

    [Fact]
    public async Task Phone_shows_one_ranking_at_a_time()
    {
        await using var page = await OpenAsync(Query, width: 360);
        await Expect(page.Hits("lsr").First).ToBeVisibleAsync();
        await Expect(page.Hits("bm25").First).ToBeHiddenAsync();
        await page.Page.Locator("#tabs").GetByText("BM25").ClickAsync();
        await Expect(page.Hits("bm25").First).ToBeVisibleAsync();
        await Expect(page.Hits("lsr").First).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Theme_follows_the_system_and_the_button()
    {
        await using var light = await OpenAsync();
        await using var dark = await OpenAsync(isDark: true);
        var (bright, dim) = (await GetBackgroundAsync(light), await GetBackgroundAsync(dark));
        Assert.NotEqual(bright, dim);
        var button = light.Page.Locator("#theme-button");
        await button.ClickAsync();
        Assert.Equal(bright, await GetBackgroundAsync(light));
        await button.ClickAsync();
        Assert.Equal(dim, await GetBackgroundAsync(light));
        await light.Page.ReloadAsync();
        Assert.Equal(dim, await GetBackgroundAsync(light));
    }

    [Theory]
    [InlineData(1280, true)]
    [InlineData(360, false)]
    public async Task Page_has_no_accessibility_violations(int width, bool isDark)
    {
        await using var page = await OpenAsync($"{Query}&fd=2&w=0:trim&open=lsr:cutter", width, isDark);
        page.ExpectedFault = "Content Security Policy"; // of axe's own styles
        await Expect(page.Page.Locator(".explanation table").First).ToBeAttachedAsync();
        await page.Page.EvaluateAsync("document.querySelectorAll('main > details').forEach(part => { part.open = true; })");
        var result = await page.Page.RunAxe();
        Assert.True(result.Violations.Length == 0, string.Join(Environment.NewLine, result.Violations.Select(Describe)));

        static string Describe(AxeResultItem item) =>
            $"{item.Id}: {item.Help} {string.Join(" | ", item.Nodes.Take(4).Select(node => $"{node.Html} {node.Any.FirstOrDefault()?.Message}"))}";
    }

    [Fact]
    public async Task Failed_search_is_shown_and_can_be_repeated()
    {
        await using var page = await OpenAsync();
        page.ExpectedFault = "Failed to load resource";
        await page.Page.RouteAsync("**/api/search", route => route.AbortAsync());
        await page.Page.Locator("#query").FillAsync("cut movie");
        await Expect(page.Page.Locator("#error")).ToContainTextAsync("The server does not answer");
        await page.Page.UnrouteAsync("**/api/search");
        await page.Page.Locator("#error button").ClickAsync();
        await page.WaitForFirstAsync("cutter");
        await Expect(page.Page.Locator("#error")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Query_without_hits_says_so()
    {
        await using var page = await OpenAsync("?q=zeppelin");
        await Expect(page.Page.Locator(".empty")).ToHaveCountAsync(3);
        await page.Page.Locator("#query").FillAsync("");
        await Expect(page.Page.Locator("#start")).ToBeVisibleAsync();
    }

    private static async Task DraftRuleAsync(BrowserPage page, string note)
    {
        await page.Chip("dress").GetByLabel("Change the weight of dress").ClickAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Make a rule" }).ClickAsync();
        await Expect(page.Page.Locator("#rules-summary")).ToContainTextAsync("in memory");
        await page.Page.Locator("#rule-note").FillAsync(note);
    }

    private static Task ApplyAsync(BrowserPage page) =>
        page.Page.GetByRole(AriaRole.Button, new() { Name = "Apply" }).ClickAsync();

    private static Task<string> GetBackgroundAsync(BrowserPage page) =>
        page.Page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor");

    private Task<BrowserPage> OpenAsync(string path = "", int width = 1280, bool isDark = false) =>
        chromium.OpenAsync(playground.Address, path, width, isDark);
}
