using System.Globalization;
using LuceneLsr.TestSupport;
using LuceneLsr.Tools.Tests.Support;

namespace LuceneLsr.Tools.Tests.Claims;

/// <summary>
/// Runs <c>lsr-claims</c> with the recipes of <see cref="ToolFixture"/>, on copies of its collection under the names
/// that the claims use.
/// </summary>
public sealed class ClaimsTests
{
    private const int Steps = 3;
    private const int FigureHeight = 460, PanelWidth = 500;

    private readonly ToolFixture _fixture;

    public ClaimsTests(ToolFixture fixture)
    {
        _fixture = fixture;
        Animals.WriteCollection(fixture.GetPath("scifact"));
        Animals.WriteCollection(fixture.GetPath("cranfield"));
    }

    [Fact]
    public async Task Adaptation_reports_one_run_per_base_and_seed()
    {
        var fast = _fixture.GetPath("fast-adaptation.json");
        File.WriteAllText(
            fast, File.ReadAllText(_fixture.LanguageRecipe).Replace("1e-4", "1e-2", StringComparison.Ordinal));
        var rows = await RunAndReadTableAsync("adaptation", "adaptation", "--adaptation", fast);
        Assert.Equal(
            [
                ("as given", "1"), ("as given", "2"), ("as given", "3"),
                ("adapted", "1"), ("adapted", "2"), ("adapted", "3"),
            ],
            rows.Select(row => (row[0], row[1])));
        Assert.All(rows, AssertPlausibleRun);
        Assert.Distinct(rows.Select(row => string.Join(' ', row[3..]))); // base and seed both matter
    }

    /// <summary>The last tenth of three steps is the last step.</summary>
    [Fact]
    public async Task Adaptation_reports_the_figures_of_the_trainer_for_the_same_run()
    {
        var rows = await RunAndReadTableAsync("adaptation", "adaptation", "--adaptation", _fixture.LanguageRecipe);
        AssertMatchesLog(rows.Single(row => (row[0], row[1]) == ("as given", "1")), await TrainAsync());
        AssertMatchesLog( // the fixture was adapted and trained by the same recipes
            rows.Single(row => (row[0], row[1]) == ("adapted", "1")), ReadLog(_fixture.Trained));
    }

    /// <summary>The initial model ranks every animal first in each variant.</summary>
    [Fact]
    public async Task Variants_reports_each_variant_as_given_and_adapted_over_seeds()
    {
        var rows = await RunAndReadTableAsync(
            "variants", "variants", "--adaptation", _fixture.LanguageRecipe, "--seeds", "1", "2");
        Assert.Equal(
            [
                ("causal", "as given"), ("causal", "adapted"), ("bi", "as given"),
                ("bi", "adapted"), ("echo", "as given"), ("echo", "adapted"),
            ],
            rows.Select(row => (row[0], row[1])));
        Assert.All(rows, row =>
        {
            Assert.All(row[2..9], cell => Assert.Equal(2, cell.Split(" ± ").Length)); // mean and deviation
            Assert.Equal(("1.000 ± 0.000", "1.000 ± 0.000"), (row[4], row[5]));       // nDCG@10
            Assert.All([row[3], row[6], row[7]], cell => AssertTermCount(GetMean(cell)));
            PrintedNumber.Parse(GetMean(row[8])).AssertPositive(); // ms per document
            Assert.Equal("0 of 2", row[9]);
        });
    }

    /// <summary>The fixture was adapted and trained by the same recipes. The last tenth of three steps is the last.</summary>
    [Fact]
    public async Task Variants_reports_figures_of_the_trainer_for_the_same_run()
    {
        var rows = await RunAndReadTableAsync(
            "variants", "variants", "--adaptation", _fixture.LanguageRecipe, "--seeds", "1");
        AssertLastLoss("as given", await TrainAsync());
        AssertLastLoss("adapted", ReadLog(_fixture.Trained));

        void AssertLastLoss(string name, IReadOnlyDictionary<string, double>[] log) =>
            PrintedNumber.Parse(rows.Single(row => (row[0], row[1]) == ("causal", name))[2])
                .AssertConsistentWith(log[^1]["info_nce"]);
    }

    [Fact]
    public async Task Variants_run_again_keeps_finished_runs_of_same_settings()
    {
        var output = CreateOutputPath();
        var log = Path.Combine(output, "variants.jsonl");
        string[] arguments = ["--adaptation", _fixture.LanguageRecipe, "--out", output, "--seeds"];
        (await RunAsync("variants", [.. arguments, "1"])).Succeeded();
        var finished = File.ReadAllLines(log);
        File.WriteAllLines(log, finished[..2]); // as if the command had been stopped after two runs
        (await RunAsync("variants", [.. arguments, "1"])).Succeeded();
        var resumed = File.ReadAllLines(log);
        Assert.Equal(finished[..2], resumed[..2]);
        Assert.Equal((6, 6), (finished.Length, resumed.Length));
        (await RunAsync("variants", [.. arguments, "1", "--set", "steps=2"]))
            .Failed($"{log}, line 1: the run has other settings. Choose another --out");
        File.AppendAllText(log, finished[0][..20]);
        (await RunAsync("variants", [.. arguments, "1"])).Failed($"{log}, line 7: not a run of this command");
    }

    [Fact]
    public async Task Variants_reports_runs_that_collapse()
    {
        var output = CreateOutputPath();
        (await RunAsync(
            "variants", "--adaptation", _fixture.LanguageRecipe, "--seeds", "1", "--out", output, "--set",
            "optimizer.embedding_learning_rate=1e9", "steps=40")).Succeeded();
        Assert.All(
            File.ReadLines(Path.Combine(output, "variants.md")).Skip(2),
            row => Assert.EndsWith("|  |  |  |  |  |  |  | 1 of 1 |", row, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Flops_with_a_larger_weight_leaves_fewer_terms_and_a_smaller_index()
    {
        var rows = await RunAndReadTableAsync(
            "flops", "flops", "--set", "steps=30", "optimizer.embedding_learning_rate=3e-3");
        Assert.Equal(["0.0001", "0.001", "0.01", "0.1"], rows.Select(row => row[0]));
        Assert.All(rows, row =>
        {
            Assert.InRange(Parse(row[1]), 0, 1); // nDCG@10
            Assert.All(row[2..4], AssertTermCount);
        });
        Assert.InRange(Parse(rows[^1][2]), 1, Parse(rows[0][2]) - 1);
        Assert.InRange(Parse(rows[^1][4]), 0, Parse(rows[0][4]));
    }

    [Theory]
    [InlineData("query_table={\"learning_rate\": 0.1}")]
    [InlineData(
        "losses=[{\"kind\": \"margin_mse\"}]",
        "sources=[{\"path\": \"pairs.jsonl\", \"kind\": \"pairs\", \"share\": 1, \"negatives\": 1}]")]
    public async Task Recipe_without_info_nce_or_with_a_query_table_is_rejected(params string[] fields) =>
        (await RunAsync("adaptation", ["--out", CreateOutputPath(), "--set", .. fields]))
            .Failed(_fixture.Recipe, "info_nce", "without a query_table");

    [Fact]
    public async Task Flops_run_that_collapses_fails() =>
        (await RunAsync(
            "flops", "--out", CreateOutputPath(), "--set", "optimizer.embedding_learning_rate=1e9", "steps=40"))
            .Failed("Step ");

    // Steps, loss, gradient norm, document terms, dead share
    private static void AssertPlausibleRun(string[] row)
    {
        Assert.Equal($"{Steps}", row[2]);
        Assert.All(row[3..5], cell => Assert.InRange(Parse(cell), 0, 100));
        Assert.InRange(Parse(row[5]), double.Epsilon, double.MaxValue);
        Assert.All(row[6..8], AssertTermCount);
        Assert.All(row[8..], cell => Assert.InRange(PrintedNumber.Parse(cell).Max, 0, 1));
    }

    private static void AssertTermCount(string cell) => Assert.InRange(Parse(cell), 1, ToolFixture.VocabularySize);

    private static string GetMean(string cell) => cell.Split(" ± ")[0];

    private static double Parse(string cell) => double.Parse(cell, CultureInfo.InvariantCulture);

    private static void AssertMatchesLog(string[] row, IReadOnlyList<IReadOnlyDictionary<string, double>> log)
    {
        Assert.Equal($"{log.Count}", row[2]);
        double[] expected =
        [
            log[0]["info_nce"], log[^1]["info_nce"], log.Max(step => step["gradient_norm"]),
            log[0]["document_terms"], log[^1]["document_terms"], log[0]["dead_share"], log[^1]["dead_share"],
        ];
        Assert.All(row[3..].Zip(expected), pair => PrintedNumber.Parse(pair.First).AssertConsistentWith(pair.Second));
    }

    private async Task<IReadOnlyDictionary<string, double>[]> TrainAsync()
    {
        var run = CreateOutputPath();
        (await Tool.Train.RunAsync(
            "train", "--from", _fixture.Initial, "--data", _fixture.Data, "--recipe", _fixture.Recipe, "--out", run))
            .Succeeded();
        return ReadLog(run);
    }

    private static IReadOnlyDictionary<string, double>[] ReadLog(string run)
    {
        string[][] cells =
            [.. File.ReadLines(Path.Combine(run, "training-log.csv")).Select(line => line.Split(','))];
        return [.. cells[1..].Select(row => cells[0].Zip(row)
            .Where(cell => cell.First != "source")
            .ToDictionary(cell => cell.First, cell => Parse(cell.Second)))];
    }

    private async Task<List<string[]>> RunAndReadTableAsync(string claim, string name, params string[] moreArguments)
    {
        var output = CreateOutputPath();
        (await RunAsync(claim, [.. moreArguments, "--out", output])).Succeeded();
        Assert.Equal((3 * PanelWidth, FigureHeight), PngFile.ReadSize(Path.Combine(output, name + ".png")));
        string[] lines = File.ReadAllLines(Path.Combine(output, name + ".md"));
        Assert.Matches(@"^\|( --- \|)+$", lines[1]);
        string[][] cells = [.. lines.Select(line => line.Trim('|', ' ').Split(" | "))];
        Assert.All(cells, row => Assert.Equal(cells[0].Length, row.Length));
        return [.. cells.Skip(2)];
    }

    private string CreateOutputPath() => _fixture.GetPath($"claims-{Guid.NewGuid():N}");

    private Task<ToolResult> RunAsync(string claim, params string[] moreArguments) => Tool.Claims.RunAsync(
        [
            claim, "--from", _fixture.Initial, "--data", _fixture.Data, "--recipe", _fixture.Recipe, "--threads", "1",
            .. moreArguments,
        ]);
}
