using LuceneLsr.Tokenization.Tokenizers;

namespace LuceneLsr.Tokenization.Encoders;

/// <summary>
/// Encodes texts with a sentence encoder (Reimers and Gurevych, Sentence-BERT, arXiv 1908.10084), whatever library runs
/// it: tokenizes texts and batches them by length.
/// </summary>
public abstract class DenseModelEncoder : IDenseEncoder
{
    private readonly TextTokenizer _tokenizer;
    private readonly DenseEncoderOptions _options;

    /// <summary>Loads the tokenizer of a model directory.</summary>
    /// <exception cref="CheckpointException">
    /// The tokenizer is missing or malformed, or its special tokens leave no room for a text.
    /// </exception>
    internal DenseModelEncoder(string directory, DenseEncoderOptions options)
    {
        (_tokenizer, _options) = (TextTokenizer.Load(directory), options);
        var special = _tokenizer.Template.Before.Count + _tokenizer.Template.After.Count;
        if (options.MaxTokens <= special)
        {
            throw new CheckpointException(TextTokenizer.GetPath(directory),
                $"the tokenizer adds {special} special tokens, which leaves no room for a text within "
                + $"{options.MaxTokens} tokens. Raise {nameof(DenseEncoderOptions.MaxTokens)}.");
        }
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A text has no tokens, and the tokenizer adds no special tokens.</exception>
    public IReadOnlyList<float[]> Encode(
        IReadOnlyList<string> texts, TextSide side, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(texts);
        var vectors = new float[texts.Count][];
        var tokenized = texts.Select(text => Tokenize(text, side)).Index();
        foreach (var batch in LengthBatches.Split(tokenized, text => text.Item.Length))
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var ((text, _), vector) in batch.Zip(ComputeVectors([.. batch.Select(text => text.Item)])))
            {
                vectors[text] = _options.Normalize ? Normalize(vector) : vector;
            }
        }

        return vectors;
    }

    /// <summary>Frees the model.</summary>
    public abstract void Dispose();

    /// <summary>Pools the final hidden states of each text.</summary>
    /// <param name="texts">The token ids of each text, special tokens included. None is empty.</param>
    internal abstract IEnumerable<float[]> ComputeVectors(int[][] texts);

    private static float[] Normalize(float[] vector)
    {
        var length = MathF.Sqrt(vector.Sum(value => value * value));
        return length == 0 ? vector : [.. vector.Select(value => value / length)];
    }

    private int[] Tokenize(string text, TextSide side)
    {
        var (before, after) = (_tokenizer.Template.Before, _tokenizer.Template.After);
        var room = _options.MaxTokens - before.Count - after.Count;
        int[] tokens = [.. before, .. _tokenizer.Encode(_options.Prefix[side] + text, room), .. after];
        return tokens.Length > 0
            ? tokens
            : throw new ArgumentException($"The text '{text}' has no tokens. Leave such texts out.", nameof(text));
    }
}
