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
public abstract class ModelEncoder : ISparseEncoder
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
        var isWindowed = side == TextSide.Document && Settings.DocumentStride is not null;
        var maxTokens = isWindowed ? TextTokenizer.NoLimit : Settings.MaxTokens[side];
        var tokens = _space.Tokenize(text, maxTokens, out var read);
        return new TokenizedText(read, [.. tokens]);
    }

    private IReadOnlyList<SparseVector> Encode(
        TokenizedText[] texts, TextSide side, CancellationToken cancellationToken)
    {
        var windows = SplitIntoWindows(texts, side);
        var pools = windows.CountBy(window => window.Text)
            .ToDictionary(text => text.Key, text => new TermPool(windows: text.Value));
        var vectors = new SparseVector[texts.Length];
        Array.Fill(vectors, SparseVector.Empty);
        foreach (var batch in LengthBatches.Split(windows, window => window.Tokens.Count))
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var ((text, _), row) in batch.Zip(ComputeRows(batch, side)))
            {
                pools[text].AddWindow(row, _space.Terms);
                if (pools[text].IsComplete)
                {
                    pools.Remove(text, out var pool);
                    vectors[text] = CreateVector(pool!, texts[text], side);
                }
            }
        }

        return vectors;
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

    // One row of the head's weights per window.
    private IEnumerable<ArraySegment<float>> ComputeRows(List<TokenWindow> batch, TextSide side)
    {
        var weights = ComputeWeights([.. batch.Select(window => _layout.Arrange(window.Tokens, side))], side);
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
