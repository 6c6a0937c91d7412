using System.Text.Json.Nodes;
using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Tools.Tests.Support;

namespace LuceneLsr.Tools.Tests.Trainer;

/// <summary>The checkpoints written by the commands init, adapt, train and export of lsr-train.</summary>
public sealed class CheckpointTests(ToolFixture fixture)
{
    [Fact]
    public void Every_command_writes_a_complete_checkpoint() => Assert.All(
        [fixture.Initial, fixture.Adapted, fixture.Trained, fixture.Exported],
        checkpoint => Assert.Superset(
            new HashSet<string> { "config.json", "lsr.json", "model.safetensors", "terms.txt", "tokenizer.json" },
            FileNames(checkpoint)));

    [Fact]
    public void Adapt_and_train_change_weights()
    {
        Assert.NotEqual(Weights(fixture.Initial), Weights(fixture.Adapted));
        Assert.NotEqual(Weights(fixture.Adapted), Weights(fixture.Trained));
    }

    [Fact]
    public void Every_step_is_logged_and_plotted()
    {
        AssertLog(Path.Combine(fixture.Adapted, "adaptation-log.csv"),
            "step,source,loss,saturated_loss,active_share,gradient_norm,learning_rate,tokens_per_second,seconds",
            steps: 2);
        AssertLog(Path.Combine(fixture.Trained, "training-log.csv"),
            "step,source,info_nce,flops_query,flops_document,query_terms,document_terms,expected_flops,dead_share,"
                + "gradient_norm,learning_rate,tokens_per_second,seconds",
            steps: 3);
        Assert.Contains("training-curves.png", FileNames(fixture.Trained));
        Assert.NotEmpty(Directory.GetFiles(Path.Combine(fixture.Trained, "tensorboard", "training")));
    }

    [Fact]
    public void Trained_checkpoint_contains_its_complete_recipe()
    {
        var kept = JsonNode.Parse(File.ReadAllText(Path.Combine(fixture.Trained, "training-recipe.json")))!;
        Assert.Equal(3, (int)kept["steps"]!);
        Assert.Equal("linear", (string)kept["optimizer"]!["decay"]!);
    }

    [Fact]
    public void Finished_run_leaves_no_temporary_files() => Assert.DoesNotContain(
        Directory.GetFileSystemEntries(fixture.Trained).Select(path => Path.GetFileName(path)),
        name => name is "run.json" or "run.lock" or "snapshots" or "start");

    [Fact]
    public void Export_is_small_keeps_run_records_and_applies_options()
    {
        Assert.InRange(
            new FileInfo(Path.Combine(fixture.Exported, "model.safetensors")).Length,
            1, Weights(fixture.Trained).Length / 2);
        Assert.Superset(
            new HashSet<string> { "training-recipe.json", "training-log.csv", "adaptation-log.csv" },
            FileNames(fixture.Exported));
        Assert.Equal(
            LsrSettings.Load(fixture.Trained) with { WholeWordWeight = new(0.5f, 0), ImpactFactor = 40 },
            LsrSettings.Load(fixture.Exported));
    }

    private static void AssertLog(string path, string header, int steps)
    {
        var lines = File.ReadAllLines(path);
        Assert.Equal(header, lines[0]);
        Assert.Equal(
            Enumerable.Range(1, steps).Select(step => $"{step}"), lines.Skip(1).Select(line => line.Split(',')[0]));
        Assert.All(lines, line => Assert.Equal(header.Split(',').Length, line.Split(',').Length));
    }

    private static byte[] Weights(string checkpoint) =>
        File.ReadAllBytes(Path.Combine(checkpoint, "model.safetensors"));

    private static HashSet<string> FileNames(string folder) =>
        [.. Directory.GetFiles(folder).Select(path => Path.GetFileName(path))];
}
