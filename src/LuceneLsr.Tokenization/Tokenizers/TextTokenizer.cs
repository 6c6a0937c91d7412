using System.Text;

namespace LuceneLsr.Tokenization.Tokenizers;

/// <summary>
/// A checkpoint's BPE tokenizer, byte-level or of SentencePiece, read from its <c>tokenizer.json</c> or, where there is
/// none, its <c>tokenizer.model</c>. Safe for several threads.
/// </summary>
/// <remarks>
/// Special tokens are never recognized inside a text: a user's "&lt;s&gt;" is three ordinary characters. Other added
/// tokens are, as the file says.
/// </remarks>
public sealed class TextTokenizer
{
    /// <summary>The name of Hugging Face's file in a checkpoint directory.</summary>
    public const string FileName = "tokenizer.json";

    /// <summary>The name of SentencePiece's file, which counts where the other is not there.</summary>
    public const string SentencePieceFileName = "tokenizer.model";

    private readonly TextSplitter _splitter;
    private readonly TokenMerger _merger;
    private readonly TokenWriting _writing;
    private readonly string?[] _surfaces;

    private TextTokenizer(TokenizerDefinition definition)
    {
        _splitter = new TextSplitter(definition);
        _merger = new TokenMerger(definition);
        _writing = definition.Writing;
        _surfaces = Surfaces(definition);
        Template = definition.Template;
    }

    /// <summary>One more than the largest id.</summary>
    public int VocabularySize => _surfaces.Length;

    /// <summary>The special tokens that the file puts around a text; encoding does not.</summary>
    public TokenizerTemplate Template { get; }

    /// <summary>The path of a directory's tokenizer: of the file that counts, or of the one that is missing.</summary>
    public static string GetPath(string directory)
    {
        string json = Path.Combine(directory, FileName), model = Path.Combine(directory, SentencePieceFileName);
        return File.Exists(model) && !File.Exists(json) ? model : json;
    }

    /// <summary>Reads a checkpoint directory's tokenizer.</summary>
    /// <exception cref="CheckpointException">
    /// The file is missing, damaged, or of a kind that is not supported.
    /// </exception>
    public static TextTokenizer Load(string directory)
    {
        var path = GetPath(directory);
        if (!File.Exists(path))
        {
            throw new CheckpointException(
                path, "missing. A checkpoint directory holds tokenizer.json or tokenizer.model beside config.json.");
        }

        var definition = Path.GetFileName(path) == FileName ? TokenizerJson.Read(path) : SentencePieceModel.Read(path);
        try
        {
            return new TextTokenizer(definition);
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            throw new CheckpointException(path, $"vocabulary and merges do not fit: {exception.Message}", exception);
        }
    }

    /// <summary>The ids of a text's tokens, at most <paramref name="maxTokens"/> of them.</summary>
    public IReadOnlyList<int> Encode(string text, int maxTokens = int.MaxValue) => Encode(text, maxTokens, out _);

    /// <summary>
    /// The ids of a text's first tokens, and the part of the normalized text that they stand for. A word that is longer
    /// than all these tokens could be is cut before it is split.
    /// </summary>
    public IReadOnlyList<int> Encode(string text, int maxTokens, out string read)
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

        read = _writing.Read(passed.ToString(0, end));
        return ids;
    }

    /// <summary>The number of tokens into which a word inside a text is split.</summary>
    public int CountPieces(string word)
    {
        var ids = new List<int>();
        foreach (var piece in _splitter.SplitInside(word).Where(piece => !piece.IsDropped))
        {
            Encode(piece, int.MaxValue, ids);
        }

        return ids.Count;
    }

    /// <summary>
    /// The text of a token, its leading space included; null for special tokens, unused ids, and a lone byte that
    /// SentencePiece falls back to.
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

    private static string?[] Surfaces(TokenizerDefinition definition)
    {
        var (vocabulary, added) = (definition.Vocabulary, definition.AddedTokens);
        var surfaces = new string?[vocabulary.Values.Concat(added.Select(token => token.Id)).Max() + 1];
        foreach (var (token, id) in vocabulary)
        {
            surfaces[id] = definition.Writing.GetSurface(token);
        }

        foreach (var token in added)
        {
            surfaces[token.Id] = token.IsSpecial ? null : token.Content;
        }

        return surfaces;
    }
}
