using Microsoft.ML.Tokenizers;

namespace LuceneLsr.Encoding.Tokenization;

/// <summary>
/// A checkpoint's byte-level BPE tokenizer, read from its <c>tokenizer.json</c>. Safe for several threads.
/// </summary>
/// <remarks>
/// Special tokens are never recognized inside a text: a user's "&lt;s&gt;" is three ordinary characters.
/// </remarks>
public sealed class TextTokenizer
{
    /// <summary>The file's name in a checkpoint directory.</summary>
    public const string FileName = "tokenizer.json";

    private const long TokensBeyond = 64; // so that what a word loses at the cut does not change its first tokens

    private readonly BpeTokenizer _tokenizer;
    private readonly string?[] _surfaces;
    private readonly bool _addPrefixSpace;
    private readonly int _longestToken; // characters

    private TextTokenizer(TokenizerJson json)
    {
        _tokenizer = BpeTokenizer.Create(new BpeOptions(json.Vocabulary)
        {
            Merges = json.Merges,
            ByteLevel = true,
            PreTokenizer = new RegexPreTokenizer(json.Pattern, specialTokens: null),
            Normalizer = json.LowerCase ? LowerCaseNormalizer.Instance : null,
        });
        _addPrefixSpace = json.AddPrefixSpace;
        _surfaces = new string?[json.Vocabulary.Values.Max() + 1];
        foreach (var (token, id) in json.Vocabulary)
        {
            _surfaces[id] = json.SpecialIds.Contains(id) ? null : ByteLevelAlphabet.Decode(token);
            _longestToken = Math.Max(_longestToken, token.Length);
        }
    }

    /// <summary>One more than the largest id.</summary>
    public int VocabularySize => _surfaces.Length;

    /// <summary>Reads a checkpoint directory's tokenizer.</summary>
    /// <exception cref="CheckpointException">
    /// The file is missing, damaged, or of a kind that is not supported.
    /// </exception>
    public static TextTokenizer Load(string directory)
    {
        var path = Path.Combine(directory, FileName);
        if (!File.Exists(path))
        {
            throw new CheckpointException(
                path, "missing. A checkpoint directory holds tokenizer.json beside config.json.");
        }

        var json = TokenizerJson.Read(path);
        try
        {
            return new TextTokenizer(json);
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            throw new CheckpointException(path, $"vocabulary and merges do not fit: {exception.Message}", exception);
        }
    }

    /// <summary>The ids of a text's tokens, at most <paramref name="maxTokens"/> of them.</summary>
    public IReadOnlyList<int> Encode(string text, int maxTokens = int.MaxValue) => Encode(text, maxTokens, out _);

    /// <summary>
    /// The ids of a text's first tokens, and the part of the text that they stand for. A word that is longer than all
    /// these tokens could be is cut before it is split.
    /// </summary>
    public IReadOnlyList<int> Encode(string text, int maxTokens, out string read)
    {
        var prefix = WithPrefixSpace(Prefix(text, maxTokens));
        var ids = _tokenizer.EncodeToIds(prefix, maxTokens, out var normalized, out var consumed);
        read = (normalized ?? prefix)[..consumed];
        return ids;
    }

    /// <summary>The number of tokens into which a word inside a text is split.</summary>
    public int PieceCount(string word) => _tokenizer.CountTokens(" " + word);

    /// <summary>The text of a token, its leading space included; null for special tokens and unused ids.</summary>
    public string? Surface(int id) => _surfaces[id];

    // More characters than the tokens and some more can hold are not looked at: splitting a word takes time quadratic in
    // its length.
    private string Prefix(string text, int maxTokens)
    {
        var end = (int)Math.Min(text.Length, (maxTokens + TokensBeyond) * _longestToken);
        return text[..(end > 0 && end < text.Length && char.IsHighSurrogate(text[end - 1]) ? end - 1 : end)];
    }

    private string WithPrefixSpace(string text) =>
        _addPrefixSpace && text.Length > 0 && text[0] != ' ' ? " " + text : text;
}
