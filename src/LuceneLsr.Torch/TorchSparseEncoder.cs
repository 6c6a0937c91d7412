using LuceneLsr.Tokenization;
using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Tokenization.Tokenizers;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Torch.Heads;
using LuceneLsr.Torch.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace LuceneLsr.Torch;

/// <summary>Encodes texts with a causal LM from a checkpoint directory (CSPLADE, arXiv 2504.10816).</summary>
/// <remarks>
/// A text longer than <see cref="LsrSettings.MaxTokens"/> is truncated. With <see cref="LsrSettings.DocumentStride"/>,
/// a long document is read in overlapping windows instead, and each term keeps its maximum weight. Texts are batched by
/// length to keep padding small. Padding changes vectors by rounding only.
/// </remarks>
public sealed class TorchSparseEncoder : ISparseEncoder
{
    private readonly Checkpoint _checkpoint;
    private readonly Device _device;

    /// <summary>Creates an encoder, which takes ownership of the checkpoint.</summary>
    /// <param name="checkpoint">The checkpoint.</param>
    /// <param name="device">The device to run on. Default: the CPU.</param>
    public TorchSparseEncoder(Checkpoint checkpoint, Device? device = null)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        _checkpoint = checkpoint;
        _device = device ?? CPU;
        _checkpoint.Model.to(_device);
        _checkpoint.Model.eval();
    }

    /// <inheritdoc/>
    public string VocabularyId => _checkpoint.Space.VocabularyId;

    /// <summary>Gets the checkpoint's settings, including its impact scale.</summary>
    public LsrSettings Settings => _checkpoint.Settings;

    /// <summary>Loads a checkpoint directory.</summary>
    /// <param name="directory">The directory.</param>
    /// <param name="device">"cpu", "cuda" or "cuda:n".</param>
    /// <param name="precision">The precision in memory, whatever the files store.</param>
    /// <exception cref="CheckpointException">The directory is not a valid checkpoint.</exception>
    /// <exception cref="ArgumentException">The device is not valid or not available.</exception>
    public static TorchSparseEncoder Load(
        string directory, string device = "cpu", Precision precision = Precision.Float32)
    {
        var target = Devices.Parse(device);
        return new TorchSparseEncoder(Checkpoint.Load(directory, precision, target), target);
    }

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

    /// <inheritdoc/>
    public void Dispose() => _checkpoint.Dispose();

    private TokenizedText[] Tokenize(IEnumerable<string> texts, TextSide side) =>
        [.. texts.Select(text => Tokenize(string.IsNullOrWhiteSpace(text) ? "" : text, side))];

    private TokenizedText Tokenize(string text, TextSide side)
    {
        var isWindowed = side == TextSide.Document && Settings.DocumentStride is not null;
        var maxTokens = isWindowed ? TextTokenizer.NoLimit : Settings.MaxTokens[side];
        var tokens = _checkpoint.Space.Tokenize(text, maxTokens, out var read);
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
            foreach (var ((text, _), row) in batch.Zip(ComputeWeights(batch, side)))
            {
                pools[text].Add(row, _checkpoint.Terms);
                if (pools[text].IsComplete)
                {
                    pools.Remove(text, out var pool);
                    vectors[text] = _checkpoint.Space.CreateVector(pool!.Weights, texts[text].Text, side);
                }
            }
        }

        return vectors;
    }

    // Queries are truncated to one window when they are tokenized.
    private TokenWindow[] SplitIntoWindows(TokenizedText[] texts, TextSide side)
    {
        var length = Settings.MaxTokens[side];
        return [.. texts.Index().SelectMany(text => TokenWindow.Split(
            text.Index, text.Item.Tokens, length, Settings.DocumentStride ?? length))];
    }

    // One row of the head's weights per window.
    private ArraySegment<float>[] ComputeWeights(List<TokenWindow> batch, TextSide side)
    {
        using var tokens = _checkpoint.CreateBatch([.. batch.Select(window => window.Tokens)], side, _device);
        using var weights = PooledHead.ComputeWeights(_checkpoint.Model, tokens, _checkpoint.GetPoolingRule(side));
        using var local = weights.cpu();
        var values = local.data<float>().ToArray();
        var width = _checkpoint.Config.OutputSize;
        return [.. batch.Select((_, row) => new ArraySegment<float>(values, row * width, width))];
    }

    private sealed record TokenizedText(string Text, int[] Tokens);
}
