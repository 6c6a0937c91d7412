using LuceneLsr.Tools.Tests.Support;

namespace LuceneLsr.Tools.Tests.Search;

/// <summary>Exports a checkpoint to ONNX with lsr-train and encodes with lsr-search.</summary>
public sealed class OnnxTests(ToolFixture fixture)
{
    [Fact]
    public async Task Export_to_onnx_encodes_like_the_checkpoint_without_its_weights()
    {
        var exported = await ExportAsync("onnx-float32", "--precision", "float32");
        Assert.False(File.Exists(Path.Combine(exported, "model.safetensors")));
        var expected = (await InspectAsync(fixture.Exported)).Succeeded().Output;
        Assert.Equal(expected, (await InspectAsync(exported)).Succeeded().Output);
        Assert.Equal(
            expected, (await InspectAsync(exported, "--engine", "onnx", "--threads", "1")).Succeeded().Output);
    }

    [Fact]
    public async Task Export_to_onnx_with_mixed_precision_is_small()
    {
        var exported = await ExportAsync(
            "onnx-mixed", "--precision", "int8", "--embedding-precision", "int4", "--head-precision", "int4");
        var whole = await ExportAsync("onnx-int8");
        Assert.InRange(GetModelBytes(exported), 1, 0.9 * GetModelBytes(whole));
        var terms = (await InspectAsync(exported)).Succeeded().Output;
        Assert.Contains("honei", terms, StringComparison.Ordinal);
        Assert.Contains("deep", terms, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Search_with_onnx_ranks_the_matching_document_first()
    {
        var exported = await ExportAsync("onnx-search");
        var index = fixture.GetPath("onnx-index");
        (await Tool.Search.RunAsync(
            "index", "--collection", fixture.Collection, "--checkpoint", exported, "--index", index)).Succeeded();
        var result = (await Tool.Search.RunAsync(
            "search", "purr at home", "--index", index, "--checkpoint", exported)).Succeeded();
        Assert.Equal("cat", result.Rows.First(row => row[0] == "1")[2]);
    }

    [Fact]
    public async Task Inspect_with_onnx_and_stride_reads_windows()
    {
        var exported = await ExportAsync("onnx-stride", "--precision", "float32");
        string[] stride = ["--stride", "1"];
        Assert.Equal(
            (await InspectAsync(fixture.Exported, stride)).Succeeded().Output,
            (await InspectAsync(exported, stride)).Succeeded().Output);
    }

    [Fact]
    public async Task Inspect_with_onnx_and_without_its_file_fails() =>
        (await InspectAsync(fixture.Exported, "--engine", "onnx"))
            .Failed(Path.Combine(fixture.Exported, "model.onnx"), "file not found");

    [Theory]
    [InlineData("--device", "cuda")]
    [InlineData("--precision", "int8")]
    public async Task Inspect_with_onnx_and_an_option_of_torch_fails(string option, string value) =>
        (await InspectAsync(fixture.Exported, "--engine", "onnx", option, value))
            .Failed(option, "requires --engine torch");

    [Theory]
    [InlineData("--format onnx --precision bfloat16", "--format onnx requires float32, int8 or int4")]
    [InlineData("--head-precision int4", "--embedding-precision and --head-precision require --format onnx")]
    public async Task Export_with_options_that_exclude_each_other_fails(string options, string problem) =>
        (await Tool.Train.RunAsync(
            ["export", "--from", fixture.Trained, "--out", fixture.GetPath("onnx-wrong"), .. options.Split(' ')]))
            .Failed(problem);

    private static Task<ToolResult> InspectAsync(string checkpoint, params string[] options) => Tool.Search.RunAsync(
        ["inspect", "honey ocean deep", "--side", "document", "--checkpoint", checkpoint, .. options]);

    private static long GetModelBytes(string directory) =>
        new FileInfo(Path.Combine(directory, "model.onnx")).Length;

    private async Task<string> ExportAsync(string name, params string[] options)
    {
        var directory = fixture.GetPath(name);
        (await Tool.Train.RunAsync(
            ["export", "--from", fixture.Exported, "--out", directory, "--format", "onnx", .. options])).Succeeded();
        return directory;
    }
}
