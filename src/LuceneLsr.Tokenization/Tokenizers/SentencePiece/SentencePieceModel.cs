using LuceneLsr.Files;
using LuceneLsr.Tokenization.Tokenizers.Models;
using LuceneLsr.Tokenization.Tokenizers.Pipeline;

namespace LuceneLsr.Tokenization.Tokenizers.SentencePiece;

/// <summary>
/// Reads SentencePiece's <c>tokenizer.model</c>, a BPE model in the protocol buffer <c>sentencepiece_model.proto</c>.
/// Pairs of pieces are merged in the order of the score of the resulting piece, as in the conversion of Hugging Face's
/// transformers. Unsupported features are rejected by field name.
/// </summary>
internal static class SentencePieceModel
{
    /// <summary>Reads a file.</summary>
    /// <exception cref="CheckpointException">The file is malformed or has an unsupported feature.</exception>
    public static TokenizerDefinition Read(string path) => SentencePieceProto.Read(path, ToDefinition);

    private static TokenizerDefinition ToDefinition(SentencePieceProto proto)
    {
        proto.ValidateBytePairs();
        var vocabulary = IndexPieces(proto.Pieces);
        var merges = FindMerges(proto.Pieces);
        var encoding = proto.ByteFallback
            ? SentencePieceEncoding.CreateWithByteFallback(vocabulary, "trainer_spec.byte_fallback")
            : SentencePieceEncoding.Plain;
        return new TokenizerDefinition(
            vocabulary,
            encoding,
            new TextNormalizer(
                proto.RemovesExtraSpaces
                    ? [.. SentencePieceEncoding.RemoveExtraSpaces, SentencePieceEncoding.MarkSpaces]
                    : [SentencePieceEncoding.MarkSpaces],
                proto.AddDummyPrefix
                    ? new TextPrefix(
                        SentencePieceEncoding.Space, IsDoubled: true, IsOnlyFirst: true, IsNormalization: true)
                    : null),
            PreTokenizer.CreateForUnsplitText(merges.Select(BytePairModel.GetMerged)),
            new BytePairModel(new BytePairVocabulary(vocabulary, merges, encoding)
            {
                UnknownToken = proto.Pieces.FirstOrDefault(piece => piece.Type == PieceType.Unknown)?.Text,
                FusesUnknown = true,
            }))
        {
            AddedTokens = [.. FindAddedTokens(proto.Pieces)],
        };
    }

    private static Dictionary<string, int> IndexPieces(IReadOnlyList<VocabularyPiece> pieces)
    {
        var vocabulary = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (id, piece) in pieces.Index())
        {
            Require.Field(vocabulary.TryAdd(piece.Text, id), "pieces", $"duplicate piece '{piece.Text}'");
        }

        return vocabulary;
    }

    // All pairs of pieces that form a third piece, by descending score of that piece.
    private static List<string> FindMerges(IReadOnlyList<VocabularyPiece> pieces)
    {
        var normal = pieces.Where(piece => piece.Type == PieceType.Normal).ToList();
        var known = normal.Select(piece => piece.Text).ToHashSet(StringComparer.Ordinal)
            .GetAlternateLookup<ReadOnlySpan<char>>();
        var merges = new List<string>();
        foreach (var text in normal.OrderByDescending(piece => piece.Score).Select(piece => piece.Text))
        {
            for (var split = 1; split < text.Length; split++)
            {
                if (known.Contains(text.AsSpan(0, split)) && known.Contains(text.AsSpan(split)))
                {
                    merges.Add($"{text[..split]} {text[split..]}");
                }
            }
        }

        return merges;
    }

    private static IEnumerable<AddedToken> FindAddedTokens(IReadOnlyList<VocabularyPiece> pieces) => pieces.Index()
        .Where(entry => entry.Item.Type is PieceType.Unknown or PieceType.Control or PieceType.UserDefined)
        .Select(entry => new AddedToken(
            entry.Item.Text, entry.Index, entry.Item.Type != PieceType.UserDefined, IsNormalized: true));
}
