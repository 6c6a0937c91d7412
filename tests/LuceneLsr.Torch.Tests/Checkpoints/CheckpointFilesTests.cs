using LuceneLsr.TestSupport;
using LuceneLsr.Tokenization;
using LuceneLsr.Torch.Checkpoints;

namespace LuceneLsr.Torch.Tests.Checkpoints;

public class CheckpointFilesTests
{
    [Fact]
    public void Enumerate_missing_directory_throws_with_its_path()
    {
        using var folder = new TemporaryFolder();
        var missing = folder.File("missing");
        var error = Assert.Throws<CheckpointException>(() => CheckpointFiles.Enumerate(missing).ToList());
        Assert.Equal($"{missing}: the checkpoint directory does not exist.", error.Message);
    }

    [Theory]
    [InlineData(3, "model.safetensors", "config.json", "model.onnx")]
    [InlineData(5, "model.onnx", "model.onnx.data")]
    [InlineData(5, "onnx/model.onnx", "onnx/model.onnx.data")]
    public void ComputeWeightBytes_counts_safetensors_or_else_onnx_with_its_data(long expected, params string[] names)
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("onnx"));
        foreach (var (index, name) in names.Index())
        {
            File.WriteAllBytes(folder.File(name), new byte[3 - (index % 2)]);
        }

        Assert.Equal(expected, CheckpointFiles.ComputeWeightBytes(folder.Path));
        Assert.Equal(names.Order(StringComparer.Ordinal),
            CheckpointFiles.Enumerate(folder.Path).Select(path => Path.GetRelativePath(folder.Path, path))
                .Order(StringComparer.Ordinal));
    }
}
