using LuceneLsr.Encoding;
using LuceneLsr.Torch.Checkpoints;
using TorchSharp;
using static TorchSharp.torch;

namespace LuceneLsr.Torch;

/// <summary>Encodes texts with a causal LM from a checkpoint directory (CSPLADE, arXiv 2504.10816).</summary>
/// <remarks>
/// A text longer than <see cref="LsrSettings.MaxTokens"/> is cut there. Texts are batched by length, so little is spent
/// on padding, and padding never changes a vector beyond rounding.
/// </remarks>
public sealed class TorchSparseEncoder : ISparseEncoder
{
    private const int BatchTokens = 4096; // bounds the hidden states
    private const int BatchTexts = 64;    // bounds the weights, [texts, output]

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
        var vectors = new SparseVector[texts.Count];
        Array.Fill(vectors, SparseVector.Empty);
        foreach (var batch in LengthBatches(texts.Select((text, index) => Read(index, text, side))))
        {
            cancellationToken.ThrowIfCancellationRequested();
            EncodeBatch(batch, side, vectors);
        }

        return vectors;
    }

    /// <inheritdoc/>
    public void Dispose() => _checkpoint.Dispose();

    private TokenizedText Read(int index, string text, TextSide side)
    {
        var tokens = _checkpoint.Space.Tokenize(
            string.IsNullOrWhiteSpace(text) ? "" : text, Settings.MaxTokens[side], out var read);
        return new TokenizedText(index, read, tokens);
    }

    private static IEnumerable<List<TokenizedText>> LengthBatches(IEnumerable<TokenizedText> texts)
    {
        var batch = new List<TokenizedText>();
        foreach (var text in texts.Where(text => text.Tokens.Count > 0).OrderByDescending(text => text.Tokens.Count))
        {
            if (batch.Count == BatchTexts
                || (batch.Count > 0 && (batch.Count + 1) * batch[0].Tokens.Count > BatchTokens))
            {
                yield return batch;
                batch = [];
            }

            batch.Add(text);
        }

        if (batch.Count > 0)
        {
            yield return batch;
        }
    }

    private void EncodeBatch(List<TokenizedText> batch, TextSide side, SparseVector[] vectors)
    {
        using var tokens = _checkpoint.Batch([.. batch.Select(text => text.Tokens)], side, _device);
        using var weights = MaxPooledHead.Weights(_checkpoint.Model, tokens, Settings.LogitScale);
        using var local = weights.cpu();
        var values = local.data<float>().ToArray();
        var width = _checkpoint.Model.Config.OutputSize;
        foreach (var (row, text) in batch.Index())
        {
            vectors[text.Index] = _checkpoint.Space.Vector(
                TermWeights(values.AsSpan(row * width, width)), text.Text, side);
        }
    }

    private Dictionary<string, float> TermWeights(ReadOnlySpan<float> rows)
    {
        var terms = new Dictionary<string, float>(StringComparer.Ordinal);
        for (var row = 0; row < Math.Min(rows.Length, _checkpoint.Terms.Count); row++)
        {
            if (rows[row] > 0 && _checkpoint.Terms[row] is { } term)
            {
                terms[term] = Math.Max(rows[row], terms.GetValueOrDefault(term));
            }
        }

        return terms;
    }

    private sealed record TokenizedText(int Index, string Text, IReadOnlyList<int> Tokens);
}
