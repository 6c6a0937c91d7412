using LuceneLsr.Tokenization;
using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Torch.Heads;
using TorchSharp;
using static TorchSharp.torch;

namespace LuceneLsr.Torch;

/// <summary>Encodes texts with a causal LM from a checkpoint directory (CSPLADE, arXiv 2504.10816).</summary>
/// <remarks>
/// A text longer than <see cref="LsrSettings.MaxTokens"/> is cut there or, where <see cref="LsrSettings.DocumentStride"/>
/// says so, read in several windows, whose vectors are merged by each term's largest weight. Texts are batched by length,
/// so little is spent on padding, and padding never changes a vector beyond rounding.
/// </remarks>
public sealed class TorchSparseEncoder : ISparseEncoder
{
    private readonly Checkpoint _checkpoint;
    private readonly Device _device;

    /// <summary>Wraps a loaded checkpoint, which it owns from then on.</summary>
    /// <param name="checkpoint">The checkpoint.</param>
    /// <param name="device">Where the model runs; the CPU if null.</param>
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

    /// <summary>The checkpoint's settings, its impact scale among them.</summary>
    public LsrSettings Settings => _checkpoint.Settings;

    /// <summary>Loads a checkpoint directory.</summary>
    /// <param name="directory">The directory.</param>
    /// <param name="device">"cpu", "cuda" or "cuda:n".</param>
    /// <param name="precision">How the model is kept in memory, however it is stored.</param>
    /// <exception cref="CheckpointException">The directory cannot be used.</exception>
    /// <exception cref="ArgumentException">The device is not known or not there.</exception>
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
        return Lookahead.Over(chunks.Select(chunk => (Chunk: chunk, Texts: Tokenize(chunk.Select(textOf), side))))
            .Select(next => (next.Chunk, Encode(next.Texts, side, cancellationToken)));
    }

    /// <inheritdoc/>
    public void Dispose() => _checkpoint.Dispose();

    private TokenizedText[] Tokenize(IEnumerable<string> texts, TextSide side) =>
        [.. texts.Select(text => Tokenize(string.IsNullOrWhiteSpace(text) ? "" : text, side))];

    private TokenizedText Tokenize(string text, TextSide side)
    {
        var isWhole = side == TextSide.Document && Settings.DocumentStride is not null;
        var tokens = _checkpoint.Space.Tokenize(text, isWhole ? int.MaxValue : Settings.MaxTokens[side], out var read);
        return new TokenizedText(read, [.. tokens]);
    }

    private IReadOnlyList<SparseVector> Encode(
        TokenizedText[] texts, TextSide side, CancellationToken cancellationToken)
    {
        var length = Settings.MaxTokens[side];
        TokenWindow[] windows = [.. texts.Index().SelectMany(text => TokenWindow.Cover(
            text.Index, text.Item.Tokens, length, Settings.DocumentStride ?? length))];
        var pools = windows.CountBy(window => window.Text)
            .ToDictionary(text => text.Key, text => new TermPool(windowsLeft: text.Value));
        var vectors = new SparseVector[texts.Length];
        Array.Fill(vectors, SparseVector.Empty);
        foreach (var batch in LengthBatches.Of(windows, window => window.Tokens.Count))
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var (window, row) in batch.Zip(Weights(batch, side)))
            {
                Add(window.Text, row);
            }
        }

        return vectors;

        void Add(int text, ArraySegment<float> row)
        {
            pools[text].Add(row, _checkpoint.Terms);
            if (pools[text].IsComplete)
            {
                pools.Remove(text, out var pool);
                vectors[text] = _checkpoint.Space.CreateVector(pool!.Weights, texts[text].Text, side);
            }
        }
    }

    private ArraySegment<float>[] Weights(List<TokenWindow> batch, TextSide side) // a row of the head's weights each
    {
        using var tokens = _checkpoint.Batch([.. batch.Select(window => window.Tokens)], side, _device);
        using var weights = PooledHead.Weights(_checkpoint.Model, tokens, _checkpoint.Pooling(side));
        using var local = weights.cpu();
        var values = local.data<float>().ToArray();
        var width = _checkpoint.Model.Config.OutputSize;
        return [.. batch.Select((_, row) => new ArraySegment<float>(values, row * width, width))];
    }

    private sealed record TokenizedText(string Text, int[] Tokens);
}
