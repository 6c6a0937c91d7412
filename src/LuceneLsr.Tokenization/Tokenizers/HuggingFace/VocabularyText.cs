using System.Text.Json;
using LuceneLsr.Files;
using LuceneLsr.Tokenization.Tokenizers.Models;
using LuceneLsr.Tokenization.Tokenizers.Normalizers;
using LuceneLsr.Tokenization.Tokenizers.Pipeline;

namespace LuceneLsr.Tokenization.Tokenizers.HuggingFace;

/// <summary>
/// Reads BERT's <c>vocab.txt</c>, which has one WordPiece token per line; the id is the line's number from 0. Settings
/// are those of <c>tokenizer_config.json</c> where it exists, else of BERT's uncased models.
/// </summary>
internal static class VocabularyText
{
    /// <summary>The name of the vocabulary file.</summary>
    public const string FileName = "vocab.txt";

    private const string Unknown = "[UNK]", Start = "[CLS]", End = "[SEP]";

    private static readonly string[] SpecialTokens = ["[PAD]", Unknown, Start, End, "[MASK]"];

    private static readonly string[] Classes = ["BertTokenizer", "DistilBertTokenizer", "ElectraTokenizer"];

    /// <summary>Reads a file and the settings beside it.</summary>
    /// <exception cref="CheckpointException">A file is malformed or has an unsupported feature.</exception>
    public static TokenizerDefinition Read(string path)
    {
        var directory = Path.GetDirectoryName(path)!;
        var vocabulary = ReadTokens(path);
        return new TokenizerDefinition(
            vocabulary,
            new WordPieceEncoding(WordPieceJson.DefaultPrefix),
            new TextNormalizer(
                [NormalizerStep.PerCharacter(TokenizerConfig.Read(directory, Classes, ReadNormalizer).Normalize)],
                prefix: null),
            PreTokenizer.Bert,
            new WordPieceModel(
                vocabulary, WordPieceJson.DefaultPrefix, GetId(Unknown), WordPieceJson.DefaultMaxWordLength))
        {
            AddedTokens = [.. SpecialTokens.Where(vocabulary.ContainsKey)
                .Select(token => new AddedToken(token, vocabulary[token], IsSpecial: true, IsNormalized: false))],
            Template = new TokenizerTemplate([GetId(Start)], [GetId(End)]),
        };

        int GetId(string token) => vocabulary.TryGetValue(token, out var id)
            ? id
            : throw new CheckpointException(
                path, $"the token '{token}' is missing. Use the vocabulary of a BERT model.");
    }

    // As in BERT's load_vocab, the last of equal tokens has the id.
    private static Dictionary<string, int> ReadTokens(string path)
    {
        var vocabulary = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (id, token) in CheckpointFile.ReadLines(path).Index())
        {
            vocabulary[token] = id;
        }

        return vocabulary;
    }

    private static BertNormalizer ReadNormalizer(JsonElement config)
    {
        Require.Field(config.GetFlag("do_basic_tokenize", defaultValue: true), "do_basic_tokenize", "it must be true");
        var lowerCases = config.GetFlag("do_lower_case", defaultValue: true);
        return new BertNormalizer(
            SeparatesChinese: config.GetFlag("tokenize_chinese_chars", defaultValue: true),
            StripsAccents: config.GetFlag("strip_accents", lowerCases),
            LowerCases: lowerCases);
    }
}
