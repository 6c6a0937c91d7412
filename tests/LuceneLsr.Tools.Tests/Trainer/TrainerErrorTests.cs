using System.Buffers.Binary;
using System.Text.Json.Nodes;
using LuceneLsr.TestSupport;
using LuceneLsr.Tools.Tests.Support;

namespace LuceneLsr.Tools.Tests.Trainer;

/// <summary>Errors of lsr-train on invalid input.</summary>
public sealed class TrainerErrorTests(ToolFixture fixture)
{
    [Fact]
    public async Task Export_to_directory_that_is_not_empty_fails_and_changes_nothing()
    {
        var before = Directory.GetFiles(fixture.Exported).ToDictionary(path => path, File.GetLastWriteTimeUtc);
        (await Tool.Train.RunAsync("export", "--from", fixture.Trained, "--out", fixture.Exported))
            .Failed(fixture.Exported, "is not empty");
        Assert.Equal(before, Directory.GetFiles(fixture.Exported).ToDictionary(path => path, File.GetLastWriteTimeUtc));
    }

    [Fact]
    public async Task Init_with_malformed_text_fails_with_line_number()
    {
        File.WriteAllText(fixture.GetPath("broken.jsonl"), "{\"text\": \"cats\"}\n{\"text\": 5}\n");
        (await Tool.Train.RunAsync(
            "init", "--data", fixture.Data, "--text", "broken.jsonl", "--vectors", "vectors",
            "--out", fixture.GetPath("not-written")))
            .Failed(fixture.GetPath("broken.jsonl"), "line 2");
    }

    [Fact]
    public async Task Init_with_invalid_shape_fails() => (await Tool.Train.RunAsync(
        "init", "--data", fixture.Data, "--text", "animals", "--vectors", "vectors",
        "--out", fixture.GetPath("invalid-shape"), "--hidden", "40"))
        .Failed("hidden size must exceed", "40");

    [Theory]
    [InlineData("--vectors", "--density", "0.1")]
    [InlineData("--vectors", "--whole-word-weight", "2")] // the default
    [InlineData("--from", "--variant", "bi")]
    [InlineData("--from", "--seed", "1")]
    [InlineData("--from", "--hidden", "64")]
    public async Task Init_with_option_of_other_start_fails(string start, string option, string value) =>
        (await Tool.Train.RunAsync(
            "init", "--data", fixture.Data, "--text", "animals", start, "vectors",
            "--out", fixture.GetPath("other-start"), option, value))
            .Failed($"{option} cannot be used with {start}.");

    [Theory]
    [InlineData("--vectors", "mean", "sum")]
    [InlineData("--from", "sum", "mean")]
    public async Task Init_with_pooling_of_other_start_fails(string start, string pooling, string own) =>
        (await Tool.Train.RunAsync(
            "init", "--data", fixture.Data, "--text", "animals", start, "vectors",
            "--out", fixture.GetPath("other-pooling"), "--pooling", pooling))
            .Failed($"{start} needs --pooling {own} or max.");

    [Theory]
    [InlineData()]
    [InlineData("--vectors", "vectors", "--from", "encoder")]
    public async Task Init_without_exactly_one_start_fails(params string[] starts) => (await Tool.Train.RunAsync(
        ["init", "--data", fixture.Data, "--text", "animals", "--out", fixture.GetPath("no-start"), .. starts]))
        .Failed("Give either --vectors (a new LM) or --from (a pretrained sentence encoder).");

    /// <summary>The directory stays empty, so the command can be repeated once the recipe is fixed.</summary>
    [Fact]
    public async Task Train_with_recipe_that_does_not_fit_its_data_leaves_output_directory_empty()
    {
        File.WriteAllText(
            fixture.GetPath("large-batch.json"),
            JsonMutations.With(File.ReadAllText(fixture.Recipe), "batch_size", "100"));
        (await Tool.Train.RunAsync(
            "train", "--from", fixture.Initial, "--data", fixture.Data, "--recipe", fixture.GetPath("large-batch.json"),
            "--out", fixture.GetPath("large-batch")))
            .Failed("'animals/", "fewer than batch_size 100");
        Assert.Empty(Directory.GetFileSystemEntries(fixture.GetPath("large-batch")));
    }

    /// <summary>Texts are read by the first step, after the run's settings have been written.</summary>
    [Fact]
    public async Task Adapt_with_missing_texts_leaves_output_directory_empty()
    {
        File.WriteAllText(fixture.GetPath("missing-texts.json"), """
            {
              "steps": 2, "batch_size": 2, "sequence_length": 8, "objective": "plain", "seed": 1,
              "texts": ["missing-texts.jsonl"],
              "optimizer": {"embedding_learning_rate": 0.001, "layer_learning_rate": 0.001, "warmup_steps": 1}
            }
            """);
        (await Tool.Train.RunAsync(
            "adapt", "--from", fixture.Initial, "--data", fixture.Data,
            "--recipe", fixture.GetPath("missing-texts.json"), "--out", fixture.GetPath("missing-texts")))
            .Failed("missing-texts.jsonl");
        Assert.Empty(Directory.GetFileSystemEntries(fixture.GetPath("missing-texts")));
    }

    [Fact]
    public async Task Export_with_negative_word_weight_fails() => (await Tool.Train.RunAsync(
        "export", "--from", fixture.Trained, "--out", fixture.GetPath("negative"), "--document-word-weight=-1"))
        .Failed("--document-word-weight must be");

    [Fact]
    public async Task Train_of_collapsed_model_fails_at_first_step()
    {
        var disabled = fixture.CopyExported("all-zero");
        DisableTerms(Path.Combine(disabled, "model.safetensors"));
        (await Tool.Train.RunAsync(
            "train", "--from", disabled, "--data", fixture.Data, "--recipe", fixture.Recipe,
            "--out", fixture.GetPath("collapsed")))
            .Failed("Step 1: every weight is zero");
    }

    /// <summary>Sets the head's bias, BF16 in an exported checkpoint, to about -1e9, and drops the checksum.</summary>
    private static void DisableTerms(string weights)
    {
        var bytes = File.ReadAllBytes(weights);
        var length = (int)BinaryPrimitives.ReadInt64LittleEndian(bytes);
        var range = JsonNode.Parse(bytes.AsSpan(8, length))!["lm_head.bias"]!["data_offsets"]!.AsArray();
        var bias = bytes.AsSpan((8 + length + (int)range[0]!)..(8 + length + (int)range[1]!));
        for (var offset = 0; offset < bias.Length; offset += sizeof(ushort))
        {
            BinaryPrimitives.WriteUInt16LittleEndian(
                bias[offset..], (ushort)(BitConverter.SingleToUInt32Bits(-1e9f) >> 16));
        }

        var checksum = bytes.AsSpan().IndexOf("xxh3"u8);
        "none"u8.CopyTo(bytes.AsSpan(checksum)); // an entry of another name
        File.WriteAllBytes(weights, bytes);
    }
}
