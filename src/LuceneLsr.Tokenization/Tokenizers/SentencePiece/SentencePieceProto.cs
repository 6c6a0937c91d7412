using Google.Protobuf;
using LuceneLsr.Files;
using LuceneLsr.Tokenization.Tokenizers.Normalizers;

namespace LuceneLsr.Tokenization.Tokenizers.SentencePiece;

/// <summary>
/// The fields of a <c>ModelProto</c> that affect token ids, with the proto's defaults. By number: 1 pieces (1 piece,
/// 2 score, 3 type), 2 trainer_spec (3 model_type, 24 treat_whitespace_as_suffix, 35 byte_fallback), 3 normalizer_spec
/// (2 precompiled_charsmap, 3 add_dummy_prefix, 4 remove_extra_whitespaces, 5 escape_whitespaces).
/// </summary>
internal sealed class SentencePieceProto
{
    private const int Unigram = 1, Bpe = 2;

    private readonly List<VocabularyPiece> _pieces = [];
    private int _modelType = Unigram;
    private bool _treatsSpaceAsSuffix;
    private byte[] _characterMap = [];
    private bool _escapesSpaces = true;

    private SentencePieceProto()
    {
    }

    /// <summary>Gets the vocabulary, indexed by id.</summary>
    public IReadOnlyList<VocabularyPiece> Pieces => _pieces;

    /// <summary>Gets whether unknown characters are split into bytes.</summary>
    public bool ByteFallback { get; private set; }

    /// <summary>Gets whether spaces at both ends of a text, and repeated ones, are removed.</summary>
    public bool RemovesExtraSpaces { get; private set; } = true;

    /// <summary>Gets whether a space is added before a text.</summary>
    public bool AddDummyPrefix { get; private set; } = true;

    /// <summary>Reads a file with a parser that throws <see cref="InvalidDataException"/> for invalid fields.</summary>
    /// <exception cref="CheckpointException">The file is not a valid model, or the parser rejects it.</exception>
    public static T Read<T>(string path, Func<SentencePieceProto, T> parse)
    {
        try
        {
            return parse(Parse(File.ReadAllBytes(path)));
        }
        catch (InvalidDataException exception)
        {
            throw new CheckpointException(path, exception.Message, exception);
        }
        catch (InvalidProtocolBufferException exception)
        {
            throw new CheckpointException(path, $"not a SentencePiece model: {exception.Message}", exception);
        }
    }

    /// <summary>Checks that the file is a BPE model without unsupported features.</summary>
    /// <exception cref="InvalidDataException">A field has an unsupported value.</exception>
    public void ValidateBytePairs()
    {
        Validate();
        Require.Field(_modelType == Bpe, "trainer_spec.model_type", "only BPE is supported");
        Require.Field(_characterMap.Length == 0, "normalizer_spec.precompiled_charsmap",
            "only the normalization rule 'identity' is supported");
    }

    /// <summary>Checks that the file is a Unigram model without unsupported features.</summary>
    /// <exception cref="InvalidDataException">A field has an unsupported value.</exception>
    public void ValidateUnigram()
    {
        Validate();
        Require.Field(_modelType == Unigram, "trainer_spec.model_type", "only Unigram is supported");
        Require.Field(
            _pieces.Take(4).Select(piece => piece.Type).SequenceEqual(
                [PieceType.Unknown, PieceType.Control, PieceType.Control, PieceType.Normal]),
            "pieces.type", "'<unk>', '<s>' and '</s>' must be the first pieces, before normal ones");
        Require.Field(!ByteFallback, "trainer_spec.byte_fallback", "it must be false");
        Require.Field(AddDummyPrefix, "normalizer_spec.add_dummy_prefix", "it must be true");
        Require.Field(RemovesExtraSpaces, "normalizer_spec.remove_extra_whitespaces", "it must be true");
    }

    /// <summary>Reads the normalization rule.</summary>
    /// <exception cref="InvalidDataException">The rule is missing or malformed.</exception>
    public CharacterMap CreateCharacterMap() => new(_characterMap, "normalizer_spec.precompiled_charsmap");

    private static SentencePieceProto Parse(byte[] bytes)
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

    private void Validate()
    {
        Require.Field(_pieces.Count > 0, "pieces", "it must not be empty");
        Require.Field(_pieces.All(piece => piece.Text.Length > 0), "pieces.piece", "it must not be empty");
        Require.Field(_pieces.All(piece => Enum.IsDefined(piece.Type) && piece.Type != PieceType.Unused),
            "pieces.type", "UNUSED and unknown types are not supported");
        Require.Field(!_treatsSpaceAsSuffix, "trainer_spec.treat_whitespace_as_suffix", "it must be false");
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
                _characterMap = ReadMessage(input);
                break;
            case 3:
                AddDummyPrefix = input.ReadBool();
                break;
            case 4:
                RemovesExtraSpaces = input.ReadBool();
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
