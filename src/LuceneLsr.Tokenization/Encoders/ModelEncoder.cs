using LuceneLsr.Tokenization.Layouts;
using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Tokenization.Terms;
using LuceneLsr.Tokenization.Tokenizers;

namespace LuceneLsr.Tokenization.Encoders;

/// <summary>
/// Encodes texts with a language model, whatever library runs it: tokenizes texts, splits them into windows, batches
/// windows, and makes vectors of the weights that the model returns.
/// </summary>
/// <remarks>
/// A text longer than <see cref="LsrSettings.MaxTokens"/> is truncated. With <see cref="LsrSettings.DocumentStride"/>,
/// a long document is read in overlapping windows instead, and each term keeps its maximum weight. Texts are batched by
/// length to keep padding small. Padding changes vectors by rounding only.
/// </remarks>
public abstract class ModelEncoder : ISourceEncoder
{
    private readonly TermSpace _space;
    private readonly TextLayout _layout;
    private readonly Lazy<EncoderIdentity?> _identity;

    internal ModelEncoder(TermSpace space, TextLayout layout)
    {
        (_space, _layout) = (space, layout);
        _identity = new(CreateIdentity, LazyThreadSafetyMode.PublicationOnly); // an error is not kept
    }

    /// <inheritdoc/>
    public string VocabularyId => _space.VocabularyId;

    /// <summary>
    /// Gets the name of the checkpoint directory and a fingerprint of its files and settings, or null if the model was
    /// not loaded from a directory. The files are read on the first call, so put another model into another directory.
    /// </summary>
    public EncoderIdentity? Identity => _identity.Value;

    /// <summary>Gets the checkpoint's settings, including its impact scale.</summary>
    public LsrSettings Settings => _space.Settings;

    /// <inheritdoc/>
    public IReadOnlyList<SparseVector> Encode(
        IReadOnlyList<string> texts, TextSide side, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(texts);
        return Encode(Tokenize(texts, side), side, cancellationToken);
    }

    /// <inheritdoc/>
    /// <remarks>
    /// Each window is read again about 2 log2(n) times, where n is the number of its tokens: 14 times for 128 tokens.
    /// With sum pooling it is read n times. Where several positions give a term nearly the same weight, the model's
    /// rounding decides between them.
    /// </remarks>
    public IReadOnlyList<SourcedVector> EncodeWithSources(
        IReadOnlyList<string> texts, TextSide side, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(texts);
        AlignedTokens[] aligned = [.. texts.Select(text => TokenizeAligned(text, side))];
        TokenizedText[] tokenized = [.. aligned.Select(text => new TokenizedText(text.CoveredText, [.. text.Ids]))];
        var encoded = Pool(tokenized, side, cancellationToken)
            .Select(text => (text.Text, text.Pool.Origins, Vector: CreateVector(text.Pool, tokenized[text.Text], side)))
            .ToList();
        var origins = FindSourceProblem(side) is null
            ? FindOriginWords(encoded, aligned, side, cancellationToken)
            : [];
        var sourced = new SourcedVector[texts.Count];
        Array.Fill(sourced, SourcedVector.Empty);
        foreach (var (text, _, vector) in encoded)
        {
            var sources = new TermSources(_space, aligned[text], side);
            sourced[text] = new SourcedVector(vector, [.. vector.Entries.Select(entry =>
                sources.Find(entry, origins.GetValueOrDefault((text, entry.Term))))]);
        }

        return sourced;
    }

    /// <inheritdoc/>
    public string? FindSourceProblem(TextSide side) =>
        Settings.Pooling[side] == TermPooling.Mean
            ? "The model makes one state of all words before it weighs terms (mean pooling), so no single word produces an "
                + "expansion term. Use a model with max pooling."
            : PoolsSelectedPositions
                ? null
                : $"{ModelName} pools all tokens, so the words that produce expansion terms cannot be found. Export the "
                    + "checkpoint with lsr-train export --format onnx, or load it with TorchSharp.";

    /// <inheritdoc/>
    /// <remarks>The next chunk is tokenized on another thread while the model encodes the current one.</remarks>
    public IEnumerable<(IReadOnlyList<T> Chunk, IReadOnlyList<SparseVector> Vectors)> EncodeChunks<T>(
        IEnumerable<IReadOnlyList<T>> chunks, Func<T, string> textOf, TextSide side,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(chunks);
        ArgumentNullException.ThrowIfNull(textOf);
        return Prefetcher.Prefetch(chunks.Select(chunk => (Chunk: chunk, Texts: Tokenize(chunk.Select(textOf), side))))
            .Select(next => (next.Chunk, Encode(next.Texts, side, cancellationToken)));
    }

    /// <summary>Frees the model.</summary>
    public abstract void Dispose();

    /// <summary>Gets the checkpoint directory, or null if the model was not loaded from one.</summary>
    internal abstract string? CheckpointDirectory { get; }

    /// <summary>Enumerates the files of the checkpoint in a fixed order.</summary>
    internal virtual IEnumerable<string> EnumerateFiles(string directory) => LayoutFiles.Enumerate(directory);

    /// <summary>Gets the model's file or directory, for messages.</summary>
    internal abstract string ModelName { get; }

    /// <summary>Gets whether <see cref="ComputeWeights"/> pools only the positions that it is given.</summary>
    internal virtual bool PoolsSelectedPositions => true;

    /// <summary>Computes the weight of each row of the model's head for each sequence.</summary>
    /// <param name="batch">The sequences.</param>
    /// <param name="side">The side of their texts.</param>
    /// <returns>
    /// Weights [batch, rows], row-major. The head may have more rows than there are terms.
    /// </returns>
    internal abstract float[] ComputeWeights(IReadOnlyList<TokenSequence> batch, TextSide side);

    private EncoderIdentity? CreateIdentity()
    {
        if (CheckpointDirectory is not { } directory)
        {
            return null;
        }

        var settings = Settings with { DocumentStride = null }; // a caller may choose another one
        return new EncoderIdentity(
            Path.GetFileName(Path.TrimEndingDirectorySeparator(directory)),
            FileFingerprint.Compute(EnumerateFiles(directory), settings.ToJson()),
            $"{settings.TermRule.Tokens}, {settings.TermRule.Stemming}");
    }

    private TokenizedText[] Tokenize(IEnumerable<string> texts, TextSide side) =>
        [.. texts.Select(text => Tokenize(string.IsNullOrWhiteSpace(text) ? "" : text, side))];

    private TokenizedText Tokenize(string text, TextSide side)
    {
        var tokens = _space.Tokenize(text, GetMaxTokens(side), out var read);
        return new TokenizedText(read, [.. tokens]);
    }

    private AlignedTokens TokenizeAligned(string text, TextSide side) =>
        _space.TokenizeAligned(string.IsNullOrWhiteSpace(text) ? "" : text, GetMaxTokens(side));

    private int GetMaxTokens(TextSide side) => side == TextSide.Document && Settings.DocumentStride is not null
        ? TextTokenizer.NoLimit
        : Settings.MaxTokens[side];

    private IReadOnlyList<SparseVector> Encode(
        TokenizedText[] texts, TextSide side, CancellationToken cancellationToken)
    {
        var vectors = new SparseVector[texts.Length];
        Array.Fill(vectors, SparseVector.Empty);
        foreach (var (text, pool) in Pool(texts, side, cancellationToken))
        {
            vectors[text] = CreateVector(pool, texts[text], side);
        }

        return vectors;
    }

    // The weights that the model gives the terms of each text that has tokens.
    private IEnumerable<(int Text, TermPool Pool)> Pool(
        TokenizedText[] texts, TextSide side, CancellationToken cancellationToken)
    {
        var windows = SplitIntoWindows(texts, side);
        var pools = windows.CountBy(window => window.Text)
            .ToDictionary(text => text.Key, text => new TermPool(windows: text.Value));
        foreach (var batch in LengthBatches.Split(windows, window => window.Tokens.Count))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var rows = ComputeRows([.. batch.Select(window => _layout.Arrange(window.Tokens, side))], side);
            foreach (var (window, row) in batch.Zip(rows))
            {
                pools[window.Text].AddWindow(window, row, _space.Terms);
                if (pools[window.Text].IsComplete)
                {
                    pools.Remove(window.Text, out var pool);
                    yield return (window.Text, pool!);
                }
            }
        }
    }

    // The token of the text at the position that gave each term of the vectors its weight, if the model gave it one.
    private Dictionary<(int Text, string Term), TextRange?> FindOriginWords(
        IEnumerable<(int Text, Dictionary<string, (TokenWindow Window, int Row)> Origins, SparseVector Vector)> encoded,
        AlignedTokens[] texts, TextSide side, CancellationToken cancellationToken)
    {
        var targets = encoded
            .SelectMany(text => text.Vector.Entries.Where(entry => text.Origins.ContainsKey(entry.Term))
                .Select(entry => (entry.Term, Origin: text.Origins[entry.Term])))
            .GroupBy(term => term.Origin.Window, ReferenceEqualityComparer.Instance)
            .Select(window => (
                Window: (TokenWindow)window.Key!,
                Sequence: _layout.Arrange(((TokenWindow)window.Key!).Tokens, side),
                Terms: window.ToArray()))
            .ToList();
        var search = new SourceSearch(Settings.Pooling[side], batch => ComputeRows(batch, side));
        var positions = search.Find(
            [.. targets.Select(target => (target.Sequence, (int[])[.. target.Terms.Select(term => term.Origin.Row)]))],
            cancellationToken);
        return targets.Zip(positions)
            .SelectMany(target => target.First.Terms.Zip(target.Second, (term, position) => (
                Key: (target.First.Window.Text, term.Term),
                Range: FindToken(target.First.Window, target.First.Sequence, position))))
            .ToDictionary(term => term.Key, term => term.Range);

        TextRange? FindToken(TokenWindow window, TokenSequence sequence, int position) =>
            position - sequence.TextStart is var token && token >= 0 && token < window.Tokens.Count
                ? texts[window.Text].GetRange(window.Start + token)
                : null; // a special token or the prefix
    }

    private SparseVector CreateVector(TermPool pool, TokenizedText text, TextSide side)
    {
        pool.AddLexicalWeights(_space.FindLexicalWeights(text.Tokens, side), _space.Terms);
        return _space.CreateVector(pool.Weights, text.Tokens.Length, text.Text, side);
    }

    // Queries are truncated to one window when they are tokenized.
    private TokenWindow[] SplitIntoWindows(TokenizedText[] texts, TextSide side)
    {
        var length = Settings.MaxTokens[side];
        return [.. texts.Index().SelectMany(text => TokenWindow.Split(
            text.Index, text.Item.Tokens, length, Settings.DocumentStride ?? length))];
    }

    // One row of the head's weights per sequence.
    private IEnumerable<ArraySegment<float>> ComputeRows(IReadOnlyList<TokenSequence> batch, TextSide side)
    {
        var weights = ComputeWeights(batch, side);
        RequireValid(weights);
        var width = weights.Length / batch.Count;
        return batch.Select((_, row) => new ArraySegment<float>(weights, row * width, width));
    }

    // Damaged parameters may be finite and overflow nevertheless. Terms of weight NaN would be dropped unnoticed.
    private void RequireValid(ReadOnlySpan<float> weights)
    {
        if (weights.ContainsAnyExceptInRange(0, float.MaxValue))
        {
            throw new CheckpointException(
                ModelName,
                "the model returned a weight that is negative, infinite or not a number. Get the checkpoint again, or "
                + "check logit_scale in lsr.json.");
        }
    }

    private sealed record TokenizedText(string Text, int[] Tokens);
}
