using LuceneLsr.TestSupport;
using LuceneLsr.Tokenization;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Torch.Tests.Support;
using LuceneLsr.Torch.Weights;
using TorchSharp;

namespace LuceneLsr.Torch.Tests.Weights;

public sealed class SafetensorsCorruptionTests : IDisposable
{
    private const string Header =
        """
        {"__metadata__": {"format": "pt"},
         "a": {"dtype": "F32", "shape": [2], "data_offsets": [0, 8]},
         "b": {"dtype": "I8", "shape": [2, 2], "data_offsets": [8, 12]}}
        """;

    private const string ShapeAndOffsets = "[2, 2], \"data_offsets\": [8, 12]";

    private const string Whole = """{"dtype": "I8", "shape": [12], "data_offsets": [0, 12]}""";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Open_missing_file_throws_with_name() => Assert.Contains("none.safetensors: file not found",
        Assert.Throws<CheckpointException>(() => SafetensorsFile.Open(_folder.File("none.safetensors"))).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Open_written_file_with_any_byte_of_its_data_changed_throws()
    {
        var path = _folder.File("a.safetensors");
        using var values = torch.arange(8, torch.ScalarType.Float32);
        SafetensorsWriter.Write(path, [("a", values)]);
        var intact = File.ReadAllBytes(path);
        Assert.All(Enumerable.Range(1, 8 * sizeof(float)), fromEnd =>
        {
            byte[] damaged = [.. intact];
            damaged[^fromEnd] ^= 1;
            File.WriteAllBytes(path, damaged);
            Assert.Contains("does not match its checksum", Assert.Throws<CheckpointException>(
                () => SafetensorsFile.Open(path)).Message, StringComparison.Ordinal);
        });
    }

    /// <summary>The expected value is that of the reference implementation, github.com/Cyan4973/xxHash.</summary>
    [Fact]
    public void Checksum_of_no_data_is_that_of_XXH3()
    {
        SafetensorsWriter.Write(_folder.File("a.safetensors"), []);
        Assert.Equal("2d06800538d394c2", SafetensorsFile.Open(_folder.File("a.safetensors")).Metadata["xxh3"]);
    }

    [Fact]
    public void Open_file_truncated_anywhere_throws()
    {
        var whole = ReferenceSafetensors.CreateBytes(Header, new byte[12]);
        Read(whole);
        for (var length = 0; length < whole.Length; length++)
        {
            Assert.Throws<CheckpointException>(() => Read(whole[..length]));
        }
    }

    [Theory]
    [InlineData(0x7FFF_FFFF_FFFF_FFFF)]
    [InlineData(-1)]
    [InlineData(1)]
    [InlineData(0)]
    public void Open_invalid_header_length_throws(long length)
    {
        var valid = ReferenceSafetensors.CreateBytes(Header, new byte[12]);
        byte[] bytes = [.. BitConverter.GetBytes(length), .. valid[8..]];
        AssertThrows("its header length does not match its size", bytes);
    }

    [Theory]
    [InlineData("{\"a\": ", "header is corrupt")]
    [InlineData("[]", "header is corrupt")]
    [InlineData("null", "header is corrupt")]
    [InlineData($"{{\"a\": {Whole}, \"a\": {Whole}}}", "header is corrupt")]
    [InlineData("{}", "12 bytes after the last tensor are unused")]
    public void Open_corrupt_header_throws(string header, string reason) =>
        AssertThrows(reason, ReferenceSafetensors.CreateBytes(header, new byte[12]));

    [Theory]
    [InlineData("[8, 12]", "[9, 13]", "tensor 'b': there is a gap before its data")]
    [InlineData("[8, 12]", "[7, 11]", "tensor 'b': its data overlaps another tensor's")]
    [InlineData("[2, 2]", "[2, 3]", "tensor 'b': shape [2, 3] needs 6 bytes, but its offsets span 4")]
    [InlineData("[8, 12]", "[8, 4]", "tensor 'b': shape [2, 2] needs 4 bytes, but its offsets span -4")]
    [InlineData("[8, 12]", "[-8, -4]", "tensor 'b': a size or offset is negative")]
    [InlineData("[2, 2]", "[-2, -2]", "tensor 'b': a size or offset is negative")]
    [InlineData(ShapeAndOffsets, "[3, 2], \"data_offsets\": [8, 14]",
        "tensor 'b': its data ends 2 bytes after the end")]
    [InlineData(ShapeAndOffsets, "[2], \"data_offsets\": [8, 10]", "2 bytes after the last tensor are unused")]
    [InlineData("\"I8\"", "\"F64\"", "tensor 'b': dtype 'F64' is not supported")]
    [InlineData("\"I8\"", "8", "tensor 'b'")]
    [InlineData("[8, 12]", "[8]", "tensor 'b'")]
    [InlineData("[8, 12]", "8", "tensor 'b'")]
    [InlineData("[2, 2]", "\"2x2\"", "tensor 'b'")]
    [InlineData("[2, 2]", "[2, 2.5]", "tensor 'b'")]
    [InlineData(ShapeAndOffsets, "[4294967296, 4294967296, 4294967296, 4294967296], \"data_offsets\": [8, 8]",
        "tensor 'b'")]
    public void Open_corrupt_tensor_entry_throws_with_name(string valid, string corrupt, string reason) =>
        AssertThrows(
            reason,
            ReferenceSafetensors.CreateBytes(Header.Replace(valid, corrupt, StringComparison.Ordinal), new byte[12]));

    [Fact]
    public void Read_mutated_header_succeeds_or_throws_with_file_name() =>
        Assert.All(JsonMutations.Create(Header), header =>
        {
            try
            {
                Read(ReferenceSafetensors.CreateBytes(header, new byte[12]));
            }
            catch (CheckpointException exception)
            {
                Assert.Contains("a.safetensors: ", exception.Message, StringComparison.Ordinal);
            }
        });

    private void AssertThrows(string reason, byte[] bytes)
    {
        var message = Assert.Throws<CheckpointException>(() => Read(bytes)).Message;
        Assert.StartsWith(_folder.File("a.safetensors"), message, StringComparison.Ordinal);
        Assert.Contains(reason, message, StringComparison.Ordinal);
    }

    private void Read(byte[] bytes)
    {
        var file = SafetensorsFile.Open(_folder.Write("a.safetensors", bytes));
        foreach (var name in file.Names)
        {
            file.Read(name).Dispose();
        }
    }
}
