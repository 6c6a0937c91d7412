using Google.Protobuf;

namespace LuceneLsr.Tokenization.Tokenizers;

/// <summary>What a piece is; the numbers are those of <c>sentencepiece_model.proto</c>.</summary>
internal enum PieceType
{
    Normal = 1,
    Unknown = 2,
    Control = 3,
    UserDefined = 4,
    Unused = 5,
    Byte = 6,
}

/// <summary>A piece of a vocabulary.</summary>
/// <param name="Text">The piece.</param>
/// <param name="Score">The larger, the earlier it is merged.</param>
/// <param name="Type">What it is.</param>
internal sealed record SentencePiece(string Text, float Score, PieceType Type);

/// <summary>
/// The fields of a <c>ModelProto</c> that decide on ids, with the proto's defaults. By number: 1 pieces (1 piece,
/// 2 score, 3 type), 2 trainer_spec (3 model_type, 24 treat_whitespace_as_suffix, 35 byte_fallback), 3 normalizer_spec
/// (2 precompiled_charsmap, 3 add_dummy_prefix, 4 remove_extra_whitespaces, 5 escape_whitespaces).
/// </summary>
internal sealed class SentencePieceProto
{
    private const int Bpe = 2;

    private readonly List<SentencePiece> _pieces = [];
    private int _modelType = 1;
    private bool _treatsSpaceAsSuffix;
    private bool _hasCharacterMap;
    private bool _removesExtraSpaces = true;
    private bool _escapesSpaces = true;

    private SentencePieceProto()
    {
    }

    /// <summary>The vocabulary, by id.</summary>
    public IReadOnlyList<SentencePiece> Pieces => _pieces;

    /// <summary>Whether an unknown character is split into its bytes.</summary>
    public bool ByteFallback { get; private set; }

    /// <summary>Whether a space is put before a text.</summary>
    public bool AddDummyPrefix { get; private set; } = true;

    /// <summary>Reads a serialized model.</summary>
    /// <exception cref="InvalidProtocolBufferException">It is none.</exception>
    public static SentencePieceProto Read(byte[] bytes)
    {
        var proto = new SentencePieceProto();
        ReadFields(bytes, (number, input) =>
        {
            switch (number)
            {
                case 1:
                    proto._pieces.Add(ReadPiece(Message(input)));
                    break;
                case 2:
                    ReadFields(Message(input), proto.ReadTrainerField);
                    break;
                case 3:
                    ReadFields(Message(input), proto.ReadNormalizerField);
                    break;
                default:
                    input.SkipLastField();
                    break;
            }
        });
        return proto;
    }

    /// <summary>Refuses what changes the ids in a way that is not implemented.</summary>
    /// <exception cref="FormatException">A field has an unsupported value.</exception>
    public void Check()
    {
        FileField.Expect(_pieces.Count > 0, "pieces", "there are none");
        FileField.Expect(_pieces.All(piece => piece.Text.Length > 0), "pieces.piece", "one is empty");
        FileField.Expect(_pieces.All(piece => Enum.IsDefined(piece.Type) && piece.Type != PieceType.Unused),
            "pieces.type", "UNUSED and unknown types are not supported");
        FileField.Expect(_modelType == Bpe, "trainer_spec.model_type", "only BPE is supported");
        FileField.Expect(!_treatsSpaceAsSuffix, "trainer_spec.treat_whitespace_as_suffix", "it must be false");
        FileField.Expect(!_hasCharacterMap, "normalizer_spec.precompiled_charsmap",
            "only the normalization 'identity' is supported");
        FileField.Expect(!_removesExtraSpaces, "normalizer_spec.remove_extra_whitespaces", "it must be false");
        FileField.Expect(_escapesSpaces, "normalizer_spec.escape_whitespaces", "it must be true");
    }

    private static SentencePiece ReadPiece(byte[] message)
    {
        var piece = new SentencePiece("", 0, PieceType.Normal);
        ReadFields(message, (number, input) =>
        {
            switch (number)
            {
                case 1:
                    piece = piece with { Text = input.ReadString() };
                    break;
                case 2:
                    piece = piece with { Score = input.ReadFloat() };
                    break;
                case 3:
                    piece = piece with { Type = (PieceType)input.ReadEnum() };
                    break;
                default:
                    input.SkipLastField();
                    break;
            }
        });
        return piece;
    }

    private void ReadTrainerField(int number, CodedInputStream input)
    {
        switch (number)
        {
            case 3:
                _modelType = input.ReadEnum();
                break;
            case 24:
                _treatsSpaceAsSuffix = input.ReadBool();
                break;
            case 35:
                ByteFallback = input.ReadBool();
                break;
            default:
                input.SkipLastField();
                break;
        }
    }

    private void ReadNormalizerField(int number, CodedInputStream input)
    {
        switch (number)
        {
            case 2:
                _hasCharacterMap = input.ReadBytes().Length > 0;
                break;
            case 3:
                AddDummyPrefix = input.ReadBool();
                break;
            case 4:
                _removesExtraSpaces = input.ReadBool();
                break;
            case 5:
                _escapesSpaces = input.ReadBool();
                break;
            default:
                input.SkipLastField();
                break;
        }
    }

    private static byte[] Message(CodedInputStream input) => input.ReadBytes().ToByteArray();

    private static void ReadFields(byte[] message, Action<int, CodedInputStream> read)
    {
        using var input = new CodedInputStream(message);
        while (input.ReadTag() is > 0 and var tag)
        {
            read(WireFormat.GetTagFieldNumber(tag), input);
        }
    }
}
