using System.Text.Json;
using LuceneLsr.Files;
using LuceneLsr.Tokenization.Tokenizers.Models;
using LuceneLsr.Tokenization.Tokenizers.Pipeline;

namespace LuceneLsr.Tokenization.Tokenizers.HuggingFace;

/// <summary>
/// Reads the <c>vocab.json</c> and <c>merges.txt</c> of byte-level BPE, the older files of RoBERTa and GPT-2. Texts of
/// a vocabulary with <c>&lt;s&gt;</c> and <c>&lt;/s&gt;</c> are put between them.
/// </summary>
internal static class VocabularyAndMerges
{
    /// <summary>The name of the vocabulary file.</summary>
    public const string FileName = "vocab.json";

    /// <summary>The name of the file with one merge per line.</summary>
    public const string MergesFileName = "merges.txt";

    private const string Start = "<s>", End = "</s>";

    private static readonly string[] Classes = ["RobertaTokenizer", "GPT2Tokenizer"];
    private static readonly string[] SpecialTokens = [Start, "<pad>", End, "<unk>", "<mask>", "<|endoftext|>"];

    /// <summary>Reads a vocabulary and the files beside it.</summary>
    /// <exception cref="CheckpointException">A file is malformed or has an unsupported feature.</exception>
    public static TokenizerDefinition Read(string path)
    {
        var directory = Path.GetDirectoryName(path)!;
        var vocabulary = CheckpointFile.ReadJson(path, root =>
        {
            Require.Field(root.ValueKind == JsonValueKind.Object, "vocab", "the file is not a JSON object");
            return VocabularyJson.Read(root, "vocab");
        });
        var hasPrefix = TokenizerConfig.Read(directory, Classes, config => config.GetFlag("add_prefix_space"));
        return new TokenizerDefinition(
            vocabulary,
            ByteLevelEncoding.Instance,
            new TextNormalizer([], hasPrefix ? ByteLevelEncoding.Prefix : null),
            PreTokenizer.Gpt2,
            CreateModel(Path.Combine(directory, MergesFileName), vocabulary))
        {
            AddedTokens = [.. SpecialTokens.Where(vocabulary.ContainsKey)
                .Select(token => new AddedToken(token, vocabulary[token], IsSpecial: true, IsNormalized: false))],
            Template = vocabulary.TryGetValue(Start, out var start) && vocabulary.TryGetValue(End, out var end)
                ? new TokenizerTemplate([start], [end])
                : new TokenizerTemplate([], []),
        };
    }

    private static BytePairModel CreateModel(string path, Dictionary<string, int> vocabulary)
    {
        CheckpointFile.RequireExists(path, $"The merges belong to {FileName}.");
        try
        {
            List<string> merges = [.. CheckpointFile.ReadLines(path).Index()
                .Where(line => line.Item.Length > 0 && !(line.Index == 0 && IsVersion(line.Item)))
                .Select(line => ReadMerge(line.Index, line.Item))];
            return new BytePairModel(new BytePairVocabulary(vocabulary, merges, ByteLevelEncoding.Instance));
        }
        catch (InvalidDataException exception)
        {
            throw new CheckpointException(path, exception.Message, exception);
        }
    }

    private static bool IsVersion(string line) => line.StartsWith("#version", StringComparison.Ordinal);

    private static string ReadMerge(int index, string line)
    {
        Require.Data(line.Split(' ') is [{ Length: > 0 }, { Length: > 0 }],
            $"line {index + 1}: '{line}' is not a pair of tokens separated by a space");
        return line;
    }
}
