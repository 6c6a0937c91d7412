using System.Text;
using LuceneLsr.Tokenization.Tokenizers.HuggingFace;
using LuceneLsr.Tokenization.Tokenizers.Pipeline;
using LuceneLsr.Tokenization.Tokenizers.SentencePiece;

namespace LuceneLsr.Tokenization.Tokenizers;

/// <summary>
/// The BPE tokenizer of a checkpoint, byte-level or SentencePiece. It is read from <c>tokenizer.json</c> or, if that
/// file does not exist, from <c>tokenizer.model</c>. Thread-safe.
/// </summary>
/// <remarks>
/// Special tokens are never recognized in a text: "&lt;s&gt;" from a user is three ordinary characters. Other added
/// tokens are recognized.
/// </remarks>
public sealed class TextTokenizer
{
    /// <summary>The name of the Hugging Face file in a checkpoint directory.</summary>
    public const string FileName = "tokenizer.json";

    /// <summary>The name of the SentencePiece file, which is read if <see cref="FileName"/> does not exist.</summary>
    public const string SentencePieceFileName = "tokenizer.model";

    /// <summary>The limit that keeps all tokens of a text.</summary>
    public const int NoLimit = int.MaxValue;

    private readonly TextSplitter _splitter;
    private readonly TokenMerger _merger;
    private readonly TokenEncoding _encoding;
    private readonly string?[] _surfaces;

    private TextTokenizer(TokenizerDefinition definition)
    {
        _splitter = new TextSplitter(definition);
        _merger = new TokenMerger(definition);
        _encoding = definition.TokenEncoding;
        _surfaces = GetSurfaces(definition);
        Template = definition.Template;
    }

    /// <summary>Gets the number of token ids: the largest id plus one.</summary>
    public int VocabularySize => _surfaces.Length;

    /// <summary>
    /// Gets the special tokens that the file adds around a text. <see cref="Encode(string, int)"/> does not add them.
    /// </summary>
    internal TokenizerTemplate Template { get; }

    /// <summary>Gets the path of the tokenizer file of a directory, <see cref="FileName"/> if there is none.</summary>
    public static string GetPath(string directory)
    {
        string json = Path.Combine(directory, FileName), model = Path.Combine(directory, SentencePieceFileName);
        return File.Exists(model) && !File.Exists(json) ? model : json;
    }

    /// <summary>Loads the tokenizer of a checkpoint directory.</summary>
    /// <exception cref="CheckpointException">
    /// The file is missing, malformed, or has an unsupported feature.
    /// </exception>
    public static TextTokenizer Load(string directory)
    {
        var path = GetPath(directory);
        CheckpointFile.RequireExists(path, "A checkpoint directory contains tokenizer.json or tokenizer.model.");
        var definition = Path.GetFileName(path) == FileName ? TokenizerJson.Read(path) : SentencePieceModel.Read(path);
        try
        {
            return new TextTokenizer(definition);
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            throw new CheckpointException(path, $"vocabulary and merges do not match: {exception.Message}", exception);
        }
    }

    /// <summary>Encodes a text as token ids.</summary>
    public IReadOnlyList<int> Encode(string text) => Encode(text, NoLimit);

    /// <summary>Encodes a text as token ids and truncates it to <paramref name="maxTokens"/> of them.</summary>
    public IReadOnlyList<int> Encode(string text, int maxTokens) => Encode(text, maxTokens, out _);

    /// <summary>
    /// Encodes a text as token ids and truncates it to <paramref name="maxTokens"/> of them. Also returns the part of
    /// the normalized text that they cover. A word too long for these tokens is truncated before it is merged.
    /// </summary>
    public IReadOnlyList<int> Encode(string text, int maxTokens, out string coveredText)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxTokens, 1);
        var ids = new List<int>();
        var passed = new StringBuilder();
        var end = 0;
        foreach (var piece in _splitter.Split(text))
        {
            if (ids.Count == maxTokens)
            {
                break;
            }

            if (!piece.IsDropped)
            {
                end = passed.Length + Encode(piece, maxTokens - ids.Count, ids);
            }

            passed.Append(piece.Text);
        }

        coveredText = _encoding.Decode(passed.ToString(0, end));
        return ids;
    }

    /// <summary>Counts the tokens of a word that occurs inside a text.</summary>
    internal int CountPieces(string word)
    {
        var ids = new List<int>();
        foreach (var piece in _splitter.SplitInside(word).Where(piece => !piece.IsDropped))
        {
            Encode(piece, NoLimit, ids);
        }

        return ids.Count;
    }

    /// <summary>
    /// Gets the text of a token with its leading space. Returns null for special tokens, unused ids, and
    /// SentencePiece's byte fallback tokens.
    /// </summary>
    public string? GetSurface(int id) => _surfaces[id];

    private int Encode(TextPiece piece, int maxTokens, List<int> ids)
    {
        if (piece.Token is not { } token)
        {
            return _merger.Encode(piece.Text, maxTokens, ids);
        }

        ids.Add(token);
        return piece.Text.Length;
    }

    private static string?[] GetSurfaces(TokenizerDefinition definition)
    {
        var (vocabulary, added) = (definition.Vocabulary, definition.AddedTokens);
        var surfaces = new string?[vocabulary.Values.Concat(added.Select(token => token.Id)).Max() + 1];
        foreach (var (token, id) in vocabulary)
        {
            surfaces[id] = definition.TokenEncoding.GetSurface(token);
        }

        foreach (var token in added)
        {
            surfaces[token.Id] = token.IsSpecial ? null : token.Content;
        }

        return surfaces;
    }
}
