using LuceneLsr.Files;
using LuceneLsr.Tokenization.Tokenizers.HuggingFace;
using LuceneLsr.Tokenization.Tokenizers.Models;
using LuceneLsr.Tokenization.Tokenizers.Pipeline;

namespace LuceneLsr.Tokenization.Tokenizers.SentencePiece;

/// <summary>
/// Reads the <c>sentencepiece.bpe.model</c> of XLM-RoBERTa, a Unigram model despite its name. Ids are those of the
/// language model, as in the conversion of Hugging Face's transformers: special tokens first, then the pieces, each one
/// id higher than in the file.
/// </summary>
internal static class XlmRobertaModel
{
    /// <summary>The file name in a checkpoint directory.</summary>
    public const string FileName = "sentencepiece.bpe.model";

    private const int Start = 0, End = 2, Unknown = 3;
    private const int FirstPiece = 3; // after <unk>, <s> and </s> in the file

    private static readonly string[] FirstTokens = ["<s>", "<pad>", "</s>", "<unk>"];

    /// <summary>Reads a file.</summary>
    /// <exception cref="CheckpointException">The file is malformed or has an unsupported feature.</exception>
    public static TokenizerDefinition Read(string path)
    {
        var directory = Path.GetDirectoryName(path)!;
        _ = TokenizerConfig.Read(directory, ["XLMRobertaTokenizer"], config => config);
        return SentencePieceProto.Read(path, ToDefinition);
    }

    private static TokenizerDefinition ToDefinition(SentencePieceProto proto)
    {
        proto.ValidateUnigram();
        List<(string Text, int Id, double Score)> pieces = [.. proto.Pieces.Skip(FirstPiece)
            .Select((piece, index) => (piece.Text, FirstTokens.Length + index, (double)piece.Score))];
        string[] tokens = [.. FirstTokens, .. pieces.Select(piece => piece.Text), "<mask>"];
        var vocabulary = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (id, token) in tokens.Index())
        {
            Require.Field(vocabulary.TryAdd(token, id), "pieces", $"duplicate piece '{token}'");
        }

        return new TokenizerDefinition(
            vocabulary,
            SentencePieceEncoding.Plain,
            new TextNormalizer(
                [NormalizerStep.PerCharacter(proto.CreateCharacterMap().Normalize), .. SentencePieceEncoding.MarkWords],
                SentencePieceEncoding.Prefix),
            PreTokenizer.Metaspace,
            new UnigramModel(pieces, Unknown, pieces.Min(piece => piece.Score)))
        {
            AddedTokens = [.. FirstTokens.Append("<mask>")
                .Select(token => new AddedToken(token, vocabulary[token], IsSpecial: true, IsNormalized: false))],
            Template = new TokenizerTemplate([Start], [End]),
        };
    }
}
