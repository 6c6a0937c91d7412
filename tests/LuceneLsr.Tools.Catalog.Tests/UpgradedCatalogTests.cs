using System.Diagnostics;
using LuceneLsr.TestSupport;
using LuceneLsr.Tools.Catalog.Products;
using LuceneLsr.Tools.Catalog.Searching;
using LuceneLsr.Upgrades;

namespace LuceneLsr.Tools.Catalog.Tests;

/// <summary>Upgrades a catalog to an encoder that keeps 40 terms per product instead of 200.</summary>
public sealed class UpgradedCatalogTests : IDisposable
{
    private static readonly string[] Queries =
        [.. ProductFile.ReadQueries(ProductFile.BuiltInQueries).Select(query => query.Text)];

    private readonly TemporaryFolder _folder = new();

    public UpgradedCatalogTests()
    {
        Directory.CreateDirectory(Checkpoint);
        foreach (var file in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "english")))
        {
            File.Copy(file, Path.Combine(Checkpoint, Path.GetFileName(file)));
        }

        var settings = Path.Combine(Checkpoint, "lsr.json");
        var text = File.ReadAllText(settings);
        Assert.Contains("\"document\": 200", text, StringComparison.Ordinal);
        File.WriteAllText(settings, text.Replace("\"document\": 200", "\"document\": 40", StringComparison.Ordinal));
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Checkpoint => _folder.File("next-encoder");

    private string Index => _folder.File("index");

    private string WorkFolder => _folder.File("work");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Upgrade_while_products_change_finds_what_a_new_catalog_finds()
    {
        new CatalogSession(EngineKind.Learned, Index).Dispose();
        using (var session = Open(Index))
        {
            var upgrade = session.Upgrade!.EncodeAsync(WorkFolder, maxDocumentsPerSecond: 60, new Ignored(), Cancellation);
            Change(session.Catalog);
            await upgrade;
            Assert.StartsWith(
                "body:", FindScoredTerm(session), StringComparison.Ordinal); // still the former encoder
            session.Upgrade.Switch();
            Assert.StartsWith("body.2:", FindScoredTerm(session), StringComparison.Ordinal);
            Assert.Equal(await SearchNewCatalogAsync(), Search(session));
        }

        using (var session = Open(Index))
        {
            session.Upgrade!.DropFormer(Cancellation);
            Assert.False(session.Upgrade.HasFormer);
            Assert.Equal(await SearchNewCatalogAsync(), Search(session));
        }
    }

    [Fact]
    public async Task Upgrade_compares_both_encoders_on_judged_queries()
    {
        using var session = Open(Index);
        await session.Upgrade!.EncodeAsync(WorkFolder, double.PositiveInfinity, new Ignored(), Cancellation);
        var comparison = session.Upgrade.Compare([.. ProductFile.ReadQueries(ProductFile.BuiltInQueries)]);
        Assert.Equal(Queries.Length, comparison.JudgedQueries.Count());
        Assert.InRange(comparison.MeanOverlap, 0.5, 0.99);
        Assert.True(comparison.Queries.Sum(query => query.Candidate.Postings)
            < comparison.Queries.Sum(query => query.Current.Postings));
    }

    [Fact]
    public async Task Upgrade_that_was_killed_goes_on_when_it_is_started_again()
    {
        new CatalogSession(EngineKind.Learned, Index).Dispose();
        using (var victim = Start("--max-per-second", "40"))
        {
            Assert.NotNull(await victim.StandardError.ReadLineAsync(Cancellation)); // a batch is encoded
            victim.Kill();
            await victim.WaitForExitAsync(Cancellation);
        }

        using (var survivor = Start("--switch"))
        {
            var report = await survivor.StandardOutput.ReadToEndAsync(Cancellation);
            await survivor.WaitForExitAsync(Cancellation);
            Assert.Equal(0, survivor.ExitCode);
            Assert.Contains("30 judged queries", report, StringComparison.Ordinal);
        }

        using var session = Open(Index);
        using var expected = await CreateNewCatalogAsync();
        Assert.Equal(Search(expected), Search(session));
    }

    private CatalogSession Open(string index) => new(EngineKind.Upgraded, index, Checkpoint);

    private static void Change(ProductCatalog catalog)
    {
        catalog.Save(new("saw-2", "Pruning saw", "Folding saw for branches.", 25, default, "tools"));
        catalog.Delete("tent");
        catalog.DeleteCategory("clothing");
        catalog.Save(new("kettle", "Whistling kettle", "Enamel kettle for the stove.", 30, default, "kitchen"));
        catalog.Refresh();
        catalog.Commit();
    }

    private async Task<Dictionary<string, string>> SearchNewCatalogAsync()
    {
        using var session = await CreateNewCatalogAsync();
        Change(session.Catalog);
        return Search(session);
    }

    // Its products have the vectors of both encoders from the start, so there is nothing to encode.
    private async Task<CatalogSession> CreateNewCatalogAsync()
    {
        var index = _folder.File(Path.GetRandomFileName());
        var session = Open(index);
        await session.Upgrade!.EncodeAsync(index + "-work", double.PositiveInfinity, new Ignored(), Cancellation);
        session.Upgrade.Switch();
        return session;
    }

    // The hits of each query, and how the score of the first is computed.
    private static Dictionary<string, string> Search(CatalogSession session) => Queries.ToDictionary(
        query => query,
        query =>
        {
            var hits = session.Catalog.Search(new ProductRequest(query) { PageSize = 100 }).Hits;
            return $"{session.Catalog.Explain(query, hits[0].Id)} "
                + string.Join(' ', hits.Select(hit => hit.Id).Order(StringComparer.Ordinal));
        });

    private static string FindScoredTerm(CatalogSession session)
    {
        const string Score = "impact score of ";
        var explanation = session.Catalog.Explain("body:espresso", "espresso-machine")!;
        return explanation[(explanation.IndexOf(Score, StringComparison.Ordinal) + Score.Length)..];
    }

    private Process Start(params string[] options) => Process.Start(new ProcessStartInfo(
        Path.Combine(AppContext.BaseDirectory, "lsr-catalog"),
        ["upgrade", "--index", Index, "--checkpoint", Checkpoint, .. options])
    {
        RedirectStandardError = true,
        RedirectStandardOutput = true,
    })!;

    private sealed class Ignored : IProgress<EncoderUpgradeProgress>
    {
        public void Report(EncoderUpgradeProgress value)
        {
        }
    }
}
