using LuceneLsr.TestSupport;
using LuceneLsr.Tokenization.Tests.Layouts;
using LuceneLsr.Tokenization.Weights;

namespace LuceneLsr.Tokenization.Tests.Weights;

public sealed class StoredVectorTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("F32")]
    [InlineData("F16")]
    [InlineData("BF16")]
    public void Read_returns_values_of_each_dtype(string dtype)
    {
        float[] values = [0, 1.5f, -2, 0.0078125f, 96]; // exact in every dtype
        var path = _folder.Write("model.safetensors", PublicModel.CreateSafetensors(dtype, values));
        Assert.Equal(values, StoredVector.Read(path, "weight"));
    }

    [Fact]
    public void Read_missing_or_truncated_tensor_throws_naming_file()
    {
        var bytes = PublicModel.CreateSafetensors("F32", [1, 2]);
        var path = _folder.Write("model.safetensors", bytes);
        Assert.StartsWith($"{path}: tensor 'other' is missing",
            Assert.Throws<CheckpointException>(() => StoredVector.Read(path, "other")).Message,
            StringComparison.Ordinal);
        _folder.Write("model.safetensors", bytes[..^1]);
        Assert.StartsWith($"{path}: ",
            Assert.Throws<CheckpointException>(() => StoredVector.Read(path, "weight")).Message,
            StringComparison.Ordinal);
    }
}
