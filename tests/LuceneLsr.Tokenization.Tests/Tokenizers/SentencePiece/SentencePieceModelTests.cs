using CsCheck;
using Google.Protobuf;
using LuceneLsr.TestSupport;
using LuceneLsr.Tokenization.Tokenizers;

namespace LuceneLsr.Tokenization.Tests.Tokenizers.SentencePiece;

/// <summary>A model that is almost right fails silently, so unsupported features are rejected by name.</summary>
public class SentencePieceModelTests
{
    private const int Normal = 1, Unknown = 2, Control = 3, UserDefined = 4, Unused = 5;

    private static readonly byte[] Valid = Model();

    [Fact]
    public void Load_minimal_model_encodes_text() => Assert.Equal([2, 5, 0, 6], Parse(Valid).Encode("ab☃☄ a"));

    [Fact]
    public void Encode_recognizes_user_defined_but_not_control_pieces()
    {
        var tokenizer = Parse(Model(extra: Piece("<x>", 0, UserDefined)));
        Assert.Equal([2, 7, 3, 7, 7, 2], tokenizer.Encode("<x>a<x><x> "));
        Assert.Equal("<x>", tokenizer.GetSurface(7));
        Assert.Equal([2, 0], tokenizer.Encode("<s>"));
        Assert.Null(tokenizer.GetSurface(1));
    }

    /// <summary>The flag is on by default in SentencePiece, and off in the models of Llama 2 and Mistral.</summary>
    [Theory]
    [InlineData("  ab   a ", "ab a")]
    [InlineData("ab", "ab")]
    [InlineData("   ", "")]
    [InlineData("ab\t a", "ab\t a")] // white space other than spaces stays
    public void Encode_with_remove_extra_whitespaces_ignores_them(string text, string same)
    {
        var tokenizer = Parse(Model(extra: Nested(3, output => Number(output, 4, 1))));
        Assert.Equal(Parse(Valid).Encode(same), tokenizer.Encode(text));
        Assert.Equal(1, tokenizer.CountPieces("a")); // "\u2581a", although the space before the word is removed
    }

    [Theory]
    [InlineData("model_type", 3, 1, 2)]
    [InlineData("treat_whitespace_as_suffix", 24, 1, 2)]
    [InlineData("byte_fallback", 35, 1, 2)] // without the bytes
    [InlineData("escape_whitespaces", 5, 0, 3)]
    public void Load_unsupported_field_throws_naming_field(string name, int field, int value, int message) =>
        AssertRejected(name, Model(extra: Nested(message, output => Number(output, field, value))));

    [Fact]
    public void Load_character_map_throws_naming_field() => AssertRejected(
        "precompiled_charsmap",
        Model(extra: Nested(3, output =>
        {
            output.WriteTag(2, WireFormat.WireType.LengthDelimited);
            output.WriteBytes(ByteString.CopyFrom(1, 2, 3));
        })));

    [Theory]
    [InlineData("a", Normal, "duplicate piece 'a'")]
    [InlineData("", Normal, "must not be empty")]
    [InlineData("x", Unused, "pieces.type")]
    [InlineData("x", 7, "pieces.type")]
    public void Load_invalid_piece_throws_with_reason(string piece, int type, string reason) =>
        AssertRejected(reason, Model(extra: Piece(piece, 0, type)));

    [Fact]
    public void Load_empty_file_throws() => AssertRejected("pieces", []);

    [Fact]
    public void Load_corrupt_file_returns_tokenizer_or_throws_naming_file() =>
        Gen.Select(Gen.Int[0, Valid.Length - 1], Gen.Byte, Gen.Int[0, Valid.Length]).Sample((index, value, length) =>
        {
            byte[] corrupt = [.. Valid];
            corrupt[index] = value;
            try
            {
                Parse(corrupt[..length]).Encode("ab a");
            }
            catch (CheckpointException exception)
            {
                Assert.Contains("tokenizer.model: ", exception.Message, StringComparison.Ordinal);
            }
        });

    private static void AssertRejected(string reason, byte[] model)
    {
        var message = Assert.Throws<CheckpointException>(() => Parse(model)).Message;
        Assert.Contains("tokenizer.model: ", message, StringComparison.Ordinal);
        Assert.Contains(reason, message, StringComparison.Ordinal);
    }

    private static TextTokenizer Parse(byte[] model)
    {
        using var folder = new TemporaryFolder();
        folder.Write(TextTokenizer.SentencePieceFileName, model);
        return TextTokenizer.Load(folder.Path);
    }

    private static byte[] Model(byte[]? extra = null) =>
    [
        .. Piece("<unk>", 0, Unknown), .. Piece("<s>", 0, Control), .. Piece("▁", -4, Normal),
        .. Piece("a", -3, Normal), .. Piece("b", -2, Normal), .. Piece("ab", -1, Normal), .. Piece("▁a", -5, Normal),
        .. Nested(2, output => Number(output, 3, 2)), .. Nested(3, output => Number(output, 4, 0)), .. extra ?? [],
    ];

    private static byte[] Piece(string text, float score, int type) => Nested(1, output =>
    {
        output.WriteTag(1, WireFormat.WireType.LengthDelimited);
        output.WriteString(text);
        output.WriteTag(2, WireFormat.WireType.Fixed32);
        output.WriteFloat(score);
        Number(output, 3, type);
    });

    private static void Number(CodedOutputStream output, int field, int value)
    {
        output.WriteTag(field, WireFormat.WireType.Varint);
        output.WriteInt32(value);
    }

    private static byte[] Nested(int field, Action<CodedOutputStream> write) => Serialize(output =>
    {
        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(ByteString.CopyFrom(Serialize(write)));
    });

    private static byte[] Serialize(Action<CodedOutputStream> write)
    {
        using var stream = new MemoryStream();
        using (var output = new CodedOutputStream(stream, leaveOpen: true))
        {
            write(output);
        }

        return stream.ToArray();
    }
}
