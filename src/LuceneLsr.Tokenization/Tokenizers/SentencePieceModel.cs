using Google.Protobuf;

namespace LuceneLsr.Tokenization.Tokenizers;

/// <summary>
/// Reads SentencePiece's <c>tokenizer.model</c>, a BPE model in the protocol buffer <c>sentencepiece_model.proto</c>.
/// Pairs that make the same piece are merged in the order of its score, as transformers converts such models. What this
/// reader does not know is refused by the field's name.
/// </summary>
internal static class SentencePieceModel
{
    /// <summary>Reads a file.</summary>
    /// <exception cref="CheckpointException">The file is damaged or of a kind that is not supported.</exception>
    public static TokenizerDefinition Read(string path)
    {
        try
        {
            return Definition(SentencePieceProto.Read(File.ReadAllBytes(path)));
        }
        catch (FormatException exception)
        {
            throw new CheckpointException(path, exception.Message, exception);
        }
        catch (InvalidProtocolBufferException exception)
        {
            throw new CheckpointException(path, $"is no SentencePiece model: {exception.Message}", exception);
        }
    }

    private static TokenizerDefinition Definition(SentencePieceProto proto)
    {
        proto.Check();
        var vocabulary = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (id, piece) in proto.Pieces.Index())
        {
            FileField.Expect(vocabulary.TryAdd(piece.Text, id), "pieces", $"'{piece.Text}' stands twice");
        }

        var merges = Merges(proto.Pieces);
        var writing = proto.ByteFallback ? SentencePieceWriting.WithBytes(vocabulary) : SentencePieceWriting.Plain;
        FileField.Expect(writing is not null, "trainer_spec.byte_fallback",
            "the vocabulary must hold all bytes, '<0x00>' to '<0xFF>'");
        return new TokenizerDefinition(
            vocabulary,
            merges,
            writing,
            new TextNormalizer(
                [NormalizerJson.MarkSpaces],
                proto.AddDummyPrefix
                    ? new TextPrefix(SentencePieceWriting.Space, IsDoubled: true, IsOnlyFirst: true)
                    : null),
            PreTokenizerJson.Unsplit(merges))
        {
            UnknownToken = proto.Pieces.FirstOrDefault(piece => piece.Type == PieceType.Unknown)?.Text,
            FusesUnknown = true,
            AddedTokens = [.. AddedTokens(proto.Pieces)],
        };
    }

    // Every pair of pieces that makes a third, the best score first.
    private static List<string> Merges(IReadOnlyList<SentencePiece> pieces)
    {
        var normal = pieces.Where(piece => piece.Type == PieceType.Normal).ToList();
        var known = normal.Select(piece => piece.Text).ToHashSet(StringComparer.Ordinal)
            .GetAlternateLookup<ReadOnlySpan<char>>();
        var merges = new List<string>();
        foreach (var text in normal.OrderByDescending(piece => piece.Score).Select(piece => piece.Text))
        {
            for (var at = 1; at < text.Length; at++)
            {
                if (known.Contains(text.AsSpan(0, at)) && known.Contains(text.AsSpan(at)))
                {
                    merges.Add($"{text[..at]} {text[at..]}");
                }
            }
        }

        return merges;
    }

    private static IEnumerable<AddedToken> AddedTokens(IReadOnlyList<SentencePiece> pieces) => pieces.Index()
        .Where(entry => entry.Item.Type is PieceType.Unknown or PieceType.Control or PieceType.UserDefined)
        .Select(entry => new AddedToken(
            entry.Item.Text, entry.Index, entry.Item.Type != PieceType.UserDefined, IsNormalized: true));
}
