using System.Text;
using LuceneLsr.Tokenization.Tokenizers.Pipeline;

namespace LuceneLsr.Tokenization.Tokenizers;

/// <summary>
/// The tokenizer of a checkpoint: byte-level BPE, SentencePiece or WordPiece. It is read from <c>tokenizer.json</c> or,
/// if that file does not exist, from <c>tokenizer.model</c>, XLM-RoBERTa's <c>sentencepiece.bpe.model</c>, BERT's
/// <c>vocab.txt</c>, or RoBERTa's <c>vocab.json</c> and <c>merges.txt</c>. Thread-safe.
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
    private readonly WordModel _model;
    private readonly TokenEncoding _encoding;
    private readonly string?[] _tokens;
    private readonly Dictionary<int, AddedToken> _addedTokens;

    private TextTokenizer(TokenizerDefinition definition)
    {
        _splitter = new TextSplitter(definition);
        _model = definition.Model;
        _encoding = definition.TokenEncoding;
        _tokens = GetTokens(definition);
        _addedTokens = definition.AddedTokens.GroupBy(token => token.Id)
            .ToDictionary(group => group.Key, group => group.Last());
        Template = definition.Template;
    }

    /// <summary>Gets the number of token ids: the largest id plus one.</summary>
    public int VocabularySize => _tokens.Length;

    /// <summary>
    /// Gets the special tokens that the file adds around a text. <see cref="Encode(string, int)"/> does not add them.
    /// </summary>
    internal TokenizerTemplate Template { get; }

    /// <summary>Gets the path of the tokenizer file of a directory, <see cref="FileName"/> if there is none.</summary>
    public static string GetPath(string directory) =>
        Path.Combine(directory, TokenizerFormat.Find(directory).FileName);

    /// <summary>Copies the files that <see cref="Load"/> reads. Existing files are overwritten.</summary>
    internal static void CopyFiles(string source, string directory)
    {
        var format = TokenizerFormat.Find(source);
        foreach (var name in format.OtherFileNames.Prepend(format.FileName)
            .Where(name => File.Exists(Path.Combine(source, name))))
        {
            File.Copy(Path.Combine(source, name), Path.Combine(directory, name), overwrite: true);
        }
    }

    /// <summary>Loads the tokenizer of a checkpoint directory.</summary>
    /// <exception cref="CheckpointException">
    /// The file is missing, malformed, or has an unsupported feature.
    /// </exception>
    public static TextTokenizer Load(string directory)
    {
        var format = TokenizerFormat.Find(directory);
        var path = Path.Combine(directory, format.FileName);
        var names = string.Join(" or ", TokenizerFormat.All.Select(known => known.FileName));
        CheckpointFile.RequireExists(path, $"A checkpoint directory contains {names}.");
        return new TextTokenizer(format.Read(path));
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
        coveredText = Encode(text, maxTokens, ids, spans: null);
        return ids;
    }

    /// <summary>
    /// Encodes a text like <see cref="Encode(string, int, out string)"/>, and finds the part of the text that each token
    /// comes from.
    /// </summary>
    internal AlignedTokens EncodeAligned(string text, int maxTokens)
    {
        var (ids, spans) = (new List<int>(), new List<(int Start, int End)>());
        var coveredText = Encode(text, maxTokens, ids, spans);
        return new AlignedTokens(text, ids, spans, coveredText, _splitter.Align(text));
    }

    private string Encode(string text, int maxTokens, List<int> ids, List<(int Start, int End)>? spans)
    {
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
                end = passed.Length + Encode(piece, maxTokens - ids.Count, ids, spans, passed.Length);
            }

            passed.Append(piece.Text);
        }

        return _encoding.Decode(passed.ToString(0, end));
    }

    /// <summary>Counts the tokens of a word that occurs inside a text.</summary>
    internal int CountPieces(string word)
    {
        var ids = new List<int>();
        foreach (var piece in _splitter.SplitInside(word).Where(piece => !piece.IsDropped))
        {
            Encode(piece, NoLimit, ids, spans: null, start: 0);
        }

        return ids.Count;
    }

    /// <summary>
    /// Gets the spelling of a token in the tokenizer file, such as "##ing", or null for an unused id.
    /// </summary>
    public string? GetToken(int id) => _tokens[id];

    /// <summary>
    /// Gets the text of a token: with the leading space that is part of the token, and without the prefix "##" of
    /// WordPiece. Returns null for special tokens, unused ids, and SentencePiece's byte fallback tokens.
    /// </summary>
    public string? GetSurface(int id) =>
        _tokens[id] is not { } token || IsSpecial(id) ? null
        : _addedTokens.ContainsKey(id) ? token
        : _encoding.GetSurface(token);

    /// <summary>Gets whether a token represents no text, such as "[CLS]".</summary>
    public bool IsSpecial(int id) => _addedTokens.GetValueOrDefault(id) is { IsSpecial: true };

    /// <summary>
    /// Gets whether a token starts a word: it has a leading space or, for WordPiece, does not have the prefix "##".
    /// False for tokens without a surface.
    /// </summary>
    public bool StartsWord(int id) => GetSurface(id) is not null && _encoding.StartsWord(_tokens[id]!);

    // The spans of a word's tokens are moved to where the word starts.
    private int Encode(TextPiece piece, int maxTokens, List<int> ids, List<(int Start, int End)>? spans, int start)
    {
        if (piece.Token is { } token)
        {
            ids.Add(token);
            spans?.Add((start, start + piece.Text.Length));
            return piece.Text.Length;
        }

        if (spans is null)
        {
            return _model.Encode(piece.Text, maxTokens, ids);
        }

        var (wordIds, wordSpans) = (new List<int>(), new List<(int Start, int End)>());
        var covered = _model.Encode(piece.Text, maxTokens, wordIds, wordSpans);
        ids.AddRange(wordIds);
        spans.AddRange(wordSpans.Select(span => (start + span.Start, start + span.End)));
        return covered;
    }

    private static string?[] GetTokens(TokenizerDefinition definition)
    {
        var (vocabulary, added) = (definition.Vocabulary, definition.AddedTokens);
        var tokens = new string?[vocabulary.Values.Concat(added.Select(token => token.Id)).Max() + 1];
        foreach (var (token, id) in vocabulary.Concat(added.Select(
            token => KeyValuePair.Create(token.Content, token.Id))))
        {
            tokens[id] = token;
        }

        return tokens;
    }
}
