using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Tools.Tests.Support;

namespace LuceneLsr.Tools.Tests.Trainer;

/// <summary>Runs of lsr-train that are killed, interrupted, configured with options, or pretrained.</summary>
public sealed class RunTests(ToolFixture fixture)
{
    private const string Weights = "model.safetensors";

    [Fact]
    public async Task Killed_run_resumes_to_same_weights_and_log_as_uninterrupted_run()
    {
        string[] settings = ["--set", "steps=100", "save_every=2"]; // so many that the kill comes before the last one
        (await TrainAsync("whole-run", settings)).Succeeded();
        var killed = fixture.GetPath("killed-run");
        var snapshots = Path.Combine(killed, "snapshots");
        var result = await Tool.Train.KillAsync(
            () => Directory.Exists(snapshots) && Directory.GetDirectories(snapshots, "step-*").Length > 0,
            Arguments(killed, settings));
        Assert.NotEqual(0, result.ExitCode);
        Assert.False(File.Exists(Path.Combine(killed, Weights)));
        (await TrainAsync("killed-run")).Failed(killed, "contains an unfinished run", $"lsr-train resume {killed}");

        (await Tool.Train.RunAsync("resume", killed, "--threads", "1")).Succeeded();
        Assert.Equal(Bytes("whole-run"), Bytes("killed-run"));
        Assert.Equal(Losses("whole-run"), Losses("killed-run"));
    }

    [Fact]
    public async Task Terminated_run_saves_a_snapshot_and_resumes_to_same_weights_and_log()
    {
        string[] settings = ["--set", "steps=400", "save_every=1000"];
        (await TrainAsync("uninterrupted-run", settings)).Succeeded();
        var terminated = fixture.GetPath("terminated-run");
        var log = Path.Combine(terminated, "training-log.csv");
        var result = await Tool.Train.SignalAsync(
            "TERM", () => File.Exists(log) && new FileInfo(log).Length > 0, Arguments(terminated, settings));
        Assert.Equal((143, "Canceled."), (result.ExitCode, result.Error.Trim()));
        var steps = File.ReadLines(log).Count() - 1;
        Assert.Contains($"Stopped after step {steps}", result.Output, StringComparison.Ordinal);
        Assert.Equal([$"step-{steps:D8}"], Directory.GetDirectories(Path.Combine(terminated, "snapshots"))
            .Select(Path.GetFileName));

        (await Tool.Train.RunAsync("resume", terminated, "--threads", "1")).Succeeded();
        Assert.Equal(Bytes("uninterrupted-run"), Bytes("terminated-run"));
        Assert.Equal(Losses("uninterrupted-run"), Losses("terminated-run"));
    }

    /// <summary>A closed terminal sends HUP, Ctrl+C sends INT.</summary>
    [Theory]
    [InlineData("HUP", 129)]
    [InlineData("INT", 130)]
    public async Task Run_that_receives_a_signal_saves_a_snapshot(string signal, int exitCode)
    {
        Assert.SkipWhen(Tool.IsIgnored(exitCode - 128), $"{signal} is ignored here, as under nohup.");
        var directory = fixture.GetPath($"signalled-{signal}");
        var log = Path.Combine(directory, "training-log.csv");
        var result = await Tool.Train.SignalAsync(
            signal, () => File.Exists(log) && new FileInfo(log).Length > 0,
            Arguments(directory, "--set", "steps=400", "save_every=1000"));
        Assert.Equal((exitCode, "Canceled."), (result.ExitCode, result.Error.Trim()));
        Assert.Single(Directory.GetDirectories(Path.Combine(directory, "snapshots")));
    }

    /// <summary>A folder of the user's is not one of the run's.</summary>
    [Fact]
    public async Task Run_into_the_parent_of_its_start_is_rejected_and_deletes_nothing()
    {
        var start = fixture.GetPath("parent/start");
        Directory.CreateDirectory(Path.GetDirectoryName(start)!);
        Directory.Move(fixture.CopyExported("to-be-moved"), start);
        (await Tool.Train.RunAsync(
            "train", "--from", start, "--data", fixture.Data, "--recipe", fixture.Recipe, "--out",
            fixture.GetPath("parent"))).Failed("is not empty");
        Assert.True(File.Exists(Path.Combine(start, "lsr.json")));
    }

    /// <summary>There is nothing to resume, so the same command starts again.</summary>
    [Fact]
    public async Task Run_killed_before_its_first_step_starts_again()
    {
        var directory = Directory.CreateDirectory(fixture.GetPath("killed-early")).FullName;
        File.WriteAllText(Path.Combine(directory, "run.lock"), "");
        var start = Directory.CreateDirectory(Path.Combine(directory, "start")).FullName;
        File.WriteAllText(Path.Combine(start, "config.json"), "half of a file");
        File.WriteAllText(Path.Combine(directory, "training-recipe.json"), "{}");
        (await TrainAsync("killed-early")).Succeeded();
        Assert.False(Directory.Exists(start));
    }

    [Fact]
    public async Task Resume_of_finished_run_fails() =>
        (await Tool.Train.RunAsync("resume", fixture.Trained)).Failed("run.json", "missing");

    [Fact]
    public async Task Train_with_override_of_unknown_field_fails() =>
        (await TrainAsync("unknown-field", "--set", "sources.7.share=1")).Failed("recipe.json", "sources.7.share=1");

    [Fact]
    public async Task Pretrained_model_is_adapted_to_another_variant_and_trained_with_lora()
    {
        string model = fixture.GetPath("pretrained"), adapted = fixture.GetPath("adapted-bi");
        var trained = fixture.GetPath("trained-lora");
        (await Tool.Train.RunAsync(
            "pretrain", "--data", fixture.Data, "--recipe", fixture.LanguageRecipe, "--set", "objective=plain",
            "--out", model, "--vocabulary", "400", "--hidden", "16", "--intermediate", "32", "--layers", "1",
            "--heads", "2"))
            .Succeeded();
        (await Tool.Train.RunAsync(
            "adapt", "--from", model, "--data", fixture.Data, "--recipe", fixture.LanguageRecipe, "--variant", "bi",
            "--out", adapted)).Succeeded();
        Assert.Equal(PerSide.Both(AttentionVariant.Bidirectional), LsrSettings.Load(adapted).Variant);
        (await Tool.Train.RunAsync(
            "train", "--from", adapted, "--data", fixture.Data, "--recipe", fixture.Recipe, "--out", trained,
            "--set", "lora={\"rank\": 2, \"alpha\": 4}", "regularizers=[]")).Succeeded();
        Assert.True(File.Exists(Path.Combine(trained, "pretraining-log.csv")));

        // The merged checkpoint and the adapter on its base encode alike.
        File.Copy(Path.Combine(adapted, "lsr.json"), Path.Combine(trained, "adapter", "lsr.json"));
        File.Copy(Path.Combine(adapted, "terms.txt"), Path.Combine(trained, "adapter", "terms.txt"));
        File.Copy(Path.Combine(adapted, "tokenizer.json"), Path.Combine(trained, "adapter", "tokenizer.json"));
        var merged = (await EvalAsync(trained)).Succeeded().Rows;
        Assert.Equal(merged, (await EvalAsync(Path.Combine(trained, "adapter"))).Succeeded().Rows);

        // An adapter on top of an adapter is not supported.
        (await Tool.Train.RunAsync(
            "train", "--from", Path.Combine(trained, "adapter"), "--data", fixture.Data, "--recipe", fixture.Recipe,
            "--out", fixture.GetPath("trained-twice"), "--set", "lora={\"rank\": 2, \"alpha\": 4}"))
            .Failed("is an adapter", "Remove lora");
    }

    [Fact]
    public async Task Pretrain_with_missing_texts_leaves_output_directory_empty()
    {
        (await Tool.Train.RunAsync(
            "pretrain", "--data", fixture.Data, "--recipe", fixture.LanguageRecipe, "--set", "texts=[\"aquarium\"]",
            "--out", fixture.GetPath("not-written-lm"))).Failed("aquarium");
        Assert.Empty(Directory.GetFileSystemEntries(fixture.GetPath("not-written-lm")));
    }

    private Task<ToolResult> TrainAsync(string name, params string[] more) =>
        Tool.Train.RunAsync(Arguments(fixture.GetPath(name), more));

    private string[] Arguments(string directory, params string[] more) =>
    [
        "train", "--from", fixture.Adapted, "--data", fixture.Data, "--recipe", fixture.Recipe, "--out", directory,
        "--threads", "1", .. more,
    ];

    private Task<ToolResult> EvalAsync(string checkpoint) =>
        Tool.Train.RunAsync("eval", "--from", checkpoint, "--data", fixture.Data, "--collection", "animals");

    private byte[] Bytes(string name) => File.ReadAllBytes(Path.Combine(fixture.GetPath(name), Weights));

    // All columns but the last two, which are speed and time.
    private string[] Losses(string name) => [.. File.ReadLines(Path.Combine(fixture.GetPath(name), "training-log.csv"))
        .Select(line => string.Join(',', line.Split(',')[..^2]))];
}
