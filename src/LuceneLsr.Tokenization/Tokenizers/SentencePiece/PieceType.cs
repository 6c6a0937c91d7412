namespace LuceneLsr.Tokenization.Tokenizers.SentencePiece;

/// <summary>The type of a piece. The values are those of <c>sentencepiece_model.proto</c>.</summary>
internal enum PieceType
{
    Normal = 1,
    Unknown = 2,
    Control = 3,
    UserDefined = 4,
    Unused = 5,
    Byte = 6,
}
