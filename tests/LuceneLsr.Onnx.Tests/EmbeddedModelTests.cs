using LuceneLsr.TestSupport;

namespace LuceneLsr.Onnx.Tests;

public sealed class EmbeddedModelTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>This assembly embeds two files under the names of the packages' resources.</summary>
    [Fact]
    public void Unpack_writes_embedded_files()
    {
        EmbeddedModel.Unpack(typeof(EmbeddedModelTests).Assembly.Location, _folder.File("model"));
        Assert.Equal("not a real model\n", File.ReadAllText(_folder.File("model/model.onnx")));
        Assert.Equal("[PAD]\ncat\n", File.ReadAllText(_folder.File("model/vocab.txt")));
    }

    [Fact]
    public void Unpack_of_assembly_without_model_throws_and_writes_nothing()
    {
        var assembly = typeof(OnnxDenseEncoder).Assembly.Location;
        var exception = Assert.Throws<InvalidDataException>(
            () => EmbeddedModel.Unpack(assembly, _folder.File("model")));
        Assert.Equal($"{assembly} embeds no model.onnx.", exception.Message);
        Assert.False(Directory.Exists(_folder.File("model")));
    }

    [Fact]
    public void Unpack_of_other_file_throws()
    {
        var file = _folder.Write("package.nupkg", "PK, not an assembly");
        var exception = Assert.Throws<InvalidDataException>(() => EmbeddedModel.Unpack(file, _folder.File("model")));
        Assert.StartsWith($"{file} is not a .NET assembly", exception.Message);
    }
}
