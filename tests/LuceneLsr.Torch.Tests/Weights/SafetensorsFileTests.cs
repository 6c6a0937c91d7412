using System.Buffers.Binary;
using System.Text.Json.Nodes;
using LuceneLsr.TestSupport;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Torch.Tests.Support;
using LuceneLsr.Torch.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace LuceneLsr.Torch.Tests.Weights;

public sealed class SafetensorsFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("F32", new byte[] { 0, 0, 0xC0, 0x3F, 0, 0, 0, 0xC0, 1, 0, 0, 0 }, new[] { 1.5f, -2f, 1.4012985e-45f })]
    [InlineData("F16", new byte[] { 0, 0x3E, 0, 0xC0, 1, 0 }, new[] { 1.5f, -2f, 5.9604645e-8f })]
    [InlineData("BF16", new byte[] { 0xC0, 0x3F, 0, 0xC0, 1, 0 }, new[] { 1.5f, -2f, 9.1835496e-41f })]
    [InlineData("I8", new byte[] { 1, 0x81, 0x7F }, new[] { 1f, -127f, 127f })]
    public void Read_decodes_dtypes(string dtype, byte[] data, float[] values)
    {
        var path = _folder.Write("a.safetensors", ReferenceSafetensors.CreateBytes(
            $$"""
            {"__metadata__": {"by": "hand"},
             "x": {"dtype": "{{dtype}}", "shape": [3, 1], "data_offsets": [0, {{data.Length}}]} }
            """ + "   ", // padding, which the format allows
            data));
        var file = SafetensorsFile.Open(path);
        using var tensor = file.Read("x");
        using var floats = tensor.to(ScalarType.Float32);
        Assert.Equal(["x"], file.Names);
        Assert.Equal([3, 1], file.GetShape("x"));
        Assert.Equal([3, 1], tensor.shape);
        Assert.Equal(values, floats.data<float>().ToArray());
    }

    [Fact]
    public void Read_supports_any_order_of_header_entries()
    {
        var path = _folder.Write("a.safetensors", ReferenceSafetensors.CreateBytes(
            """
            {"second": {"dtype": "I8", "shape": [2], "data_offsets": [1, 3]},
             "empty": {"dtype": "F32", "shape": [0, 5], "data_offsets": [1, 1]},
             "first": {"dtype": "I8", "shape": [], "data_offsets": [0, 1]}}
            """, 7, 8, 9));
        var file = SafetensorsFile.Open(path);
        using Tensor first = file.Read("first"), second = file.Read("second"), empty = file.Read("empty");
        Assert.Equal(7, first.item<sbyte>());
        Assert.Equal([8, 9], second.data<sbyte>().ToArray());
        Assert.Equal([0, 5], empty.shape);
    }

    [Fact]
    public void Write_follows_format_byte_by_byte()
    {
        var path = _folder.File("a.safetensors");
        using Tensor halves = tensor(new[] { 1.5f, -2f }).to(ScalarType.BFloat16), one = tensor(1f);
        SafetensorsWriter.Write(path, [("b", halves), ("a \"quoted\" é", one)]);
        var bytes = File.ReadAllBytes(path);
        var length = (int)BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        var header = JsonNode.Parse(bytes.AsSpan(8, length))!.AsObject();
        Assert.Equal(0, length % 8);
        Assert.Equal((byte)'{', bytes[8]);
        Assert.Equal("""{"dtype":"BF16","shape":[2],"data_offsets":[0,4]}""", header["b"]!.ToJsonString());
        Assert.Equal("""{"dtype":"F32","shape":[],"data_offsets":[4,8]}""", header["a \"quoted\" é"]!.ToJsonString());
        Assert.Equal([0xC0, 0x3F, 0, 0xC0, 0, 0, 0x80, 0x3F], bytes[(8 + length)..]);
        Assert.Equal([path], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void Write_non_contiguous_view_stores_its_elements_in_order()
    {
        var path = _folder.File("a.safetensors");
        using Tensor matrix = tensor(new[,] { { 1f, 2f, 3f }, { 4f, 5f, 6f } }), view = matrix.t();
        SafetensorsWriter.Write(path, [("x", view)]);
        using var read = SafetensorsFile.Open(path).Read("x");
        Assert.Equal([3, 2], read.shape);
        Assert.Equal([1, 4, 2, 5, 3, 6], read.data<float>().ToArray());
    }
}
