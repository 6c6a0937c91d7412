namespace LuceneLsr.Tokenization.Tokenizers.SentencePiece;

/// <summary>A piece of a vocabulary.</summary>
/// <param name="Text">The text of the piece.</param>
/// <param name="Score">Pieces with larger scores are merged first.</param>
/// <param name="Type">Its type.</param>
internal sealed record VocabularyPiece(string Text, float Score, PieceType Type);
