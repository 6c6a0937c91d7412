using LuceneLsr.Onnx.Tests.Support;
using LuceneLsr.TestSupport;
using LuceneLsr.Tools.Tests.Support;
using static Onnx.TensorProto.Types;

namespace LuceneLsr.Tools.Tests.Trainer;

/// <summary>
/// Runs lsr-train teach with a sentence encoder that looks up four random numbers per token, and trains with it.
/// </summary>
public sealed class TeachTests(ToolFixture fixture)
{
    private static readonly string[] Distillation =
    [
        """losses=[{"kind": "in_batch_kl"}, {"kind": "in_batch_margin_mse", "weight": 0.1}]""",
        """teachers=[{"kind": "vectors", "path": "taught"}, {"kind": "bm25", "weight": 0.5}]""",
    ];

    [Fact]
    public async Task Taught_recipe_trains_and_others_are_rejected_until_taught()
    {
        (await TrainAsync("untaught", Distillation))
            .Failed("taught: has no vector of the query", "Run lsr-train teach");
        (await TeachAsync("taught", ["--shard", "1/2", "--set", .. Distillation])).Succeeded();
        (await TeachAsync("taught", ["--shard", "2/2", "--set", .. Distillation])).Succeeded();
        var again = (await TeachAsync("taught", ["--set", .. Distillation])).Succeeded();
        Assert.Matches("Wrote 0 vectors to .*taught; [1-9][0-9]* texts had one before", again.UnwrappedOutput);

        (await TrainAsync("distilled", Distillation)).Succeeded();
        var log = File.ReadAllLines(fixture.GetPath("distilled/training-log.csv"));
        Assert.StartsWith(
            "step,source,in_batch_kl,in_batch_margin_mse,flops_query,flops_document,score_scale,", log[0],
            StringComparison.Ordinal);
        Assert.Equal("0.3", log[1].Split(',')[6]);

        (await TrainAsync("other-seed", [.. Distillation, "seed=2", "steps=20"])).Failed("seed is 2, not 1");
        (await TeachAsync("taught", ["--pooling", "cls"]))
            .Failed("taught: has vectors of", "Choose another directory.");
    }

    [Fact]
    public async Task Teach_without_tokenizer_fails_with_its_file_name() =>
        (await Tool.Train.RunAsync([.. Arguments(fixture.Collection, "not-written")])).Failed("tokenizer.json");

    private string WriteTeacher()
    {
        var directory = fixture.GetPath("teacher");
        if (!Directory.Exists(directory))
        {
            Directory.CreateDirectory(directory);
            File.Copy(Path.Combine(fixture.Initial, "tokenizer.json"), Path.Combine(directory, "tokenizer.json"));
            var random = new Random(1);
            new TinyGraph()
                .Weights(
                    "table", [.. Enumerable.Range(0, ToolFixture.VocabularySize * 4).Select(_ => random.NextSingle())],
                    ToolFixture.VocabularySize, 4)
                .Input("input_ids").Input("attention_mask")
                .Node("Gather", ["table", "input_ids"], "last_hidden_state")
                .Output("last_hidden_state", DataType.Float, "batch", "length", "4")
                .Write(Path.Combine(directory, "model.onnx"));
        }

        return directory;
    }

    private Task<ToolResult> TeachAsync(string output, string[] more) =>
        Tool.Train.RunAsync([.. Arguments(WriteTeacher(), output), "--threads", "1", .. more]);

    private string[] Arguments(string teacher, string output) =>
    [
        "teach", "--teacher", teacher, "--data", fixture.Data, "--recipe", fixture.Recipe,
        "--out", fixture.GetPath(output),
    ];

    private Task<ToolResult> TrainAsync(string output, string[] settings) => Tool.Train.RunAsync(
        ["train", "--from", fixture.Adapted, "--data", fixture.Data, "--recipe", fixture.Recipe,
            "--out", fixture.GetPath(output), "--threads", "1", "--set", .. settings]);
}
