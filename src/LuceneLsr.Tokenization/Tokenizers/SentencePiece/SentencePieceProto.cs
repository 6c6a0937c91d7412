using Google.Protobuf;
using LuceneLsr.Files;

namespace LuceneLsr.Tokenization.Tokenizers.SentencePiece;

/// <summary>
/// The fields of a <c>ModelProto</c> that affect token ids, with the proto's defaults. By number: 1 pieces (1 piece,
/// 2 score, 3 type), 2 trainer_spec (3 model_type, 24 treat_whitespace_as_suffix, 35 byte_fallback), 3 normalizer_spec
/// (2 precompiled_charsmap, 3 add_dummy_prefix, 4 remove_extra_whitespaces, 5 escape_whitespaces).
/// </summary>
internal sealed class SentencePieceProto
{
    private const int Bpe = 2;

    private readonly List<VocabularyPiece> _pieces = [];
    private int _modelType = 1;
    private bool _treatsSpaceAsSuffix;
    private bool _hasCharacterMap;
    private bool _removesExtraSpaces = true;
    private bool _escapesSpaces = true;

    private SentencePieceProto()
    {
    }

    /// <summary>Gets the vocabulary, indexed by id.</summary>
    public IReadOnlyList<VocabularyPiece> Pieces => _pieces;

    /// <summary>Gets whether unknown characters are split into bytes.</summary>
    public bool ByteFallback { get; private set; }

    /// <summary>Gets whether a space is added before a text.</summary>
    public bool AddDummyPrefix { get; private set; } = true;

    /// <summary>Parses a serialized model.</summary>
    /// <exception cref="InvalidProtocolBufferException">The bytes are not a valid model.</exception>
    public static SentencePieceProto Read(byte[] bytes)
    {
        var proto = new SentencePieceProto();
        ReadFields(bytes, (number, input) =>
        {
            switch (number)
            {
                case 1:
                    proto._pieces.Add(ReadPiece(ReadMessage(input)));
                    break;
                case 2:
                    ReadFields(ReadMessage(input), proto.ReadTrainerField);
                    break;
                case 3:
                    ReadFields(ReadMessage(input), proto.ReadNormalizerField);
                    break;
                default:
                    input.SkipLastField();
                    break;
            }
        });
        return proto;
    }

    /// <summary>Checks that the model has no unsupported features.</summary>
    /// <exception cref="InvalidDataException">A field has an unsupported value.</exception>
    public void Validate()
    {
        Require.Field(_pieces.Count > 0, "pieces", "it must not be empty");
        Require.Field(_pieces.All(piece => piece.Text.Length > 0), "pieces.piece", "it must not be empty");
        Require.Field(_pieces.All(piece => Enum.IsDefined(piece.Type) && piece.Type != PieceType.Unused),
            "pieces.type", "UNUSED and unknown types are not supported");
        Require.Field(_modelType == Bpe, "trainer_spec.model_type", "only BPE is supported");
        Require.Field(!_treatsSpaceAsSuffix, "trainer_spec.treat_whitespace_as_suffix", "it must be false");
        Require.Field(!_hasCharacterMap, "normalizer_spec.precompiled_charsmap",
            "only the normalization rule 'identity' is supported");
        Require.Field(!_removesExtraSpaces, "normalizer_spec.remove_extra_whitespaces", "it must be false");
        Require.Field(_escapesSpaces, "normalizer_spec.escape_whitespaces", "it must be true");
    }

    private static VocabularyPiece ReadPiece(byte[] message)
    {
        var piece = new VocabularyPiece("", 0, PieceType.Normal);
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

    private static byte[] ReadMessage(CodedInputStream input) => input.ReadBytes().ToByteArray();

    private static void ReadFields(byte[] message, Action<int, CodedInputStream> read)
    {
        using var input = new CodedInputStream(message);
        while (input.ReadTag() is > 0 and var tag)
        {
            read(WireFormat.GetTagFieldNumber(tag), input);
        }
    }
}
