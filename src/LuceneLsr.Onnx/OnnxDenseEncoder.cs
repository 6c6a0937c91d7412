using System.Diagnostics;
using System.Numerics.Tensors;
using LuceneLsr.Onnx.Sessions;
using LuceneLsr.Tokenization;
using LuceneLsr.Tokenization.Encoders;
using LuceneLsr.Tokenization.Tokenizers;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace LuceneLsr.Onnx;

/// <summary>
/// Encodes texts with a sentence encoder in ONNX format, such as all-MiniLM-L6-v2 (Reimers and Gurevych,
/// Sentence-BERT, arXiv 1908.10084). Thread-safe.
/// </summary>
/// <remarks>
/// The model maps <c>input_ids</c>, <c>attention_mask</c> and, optionally, <c>token_type_ids</c>, all int64
/// [batch, length], to <c>last_hidden_state</c>, float [batch, length, hidden]. Other outputs are ignored. Its directory
/// holds <c>model.onnx</c> or <c>onnx/model.onnx</c>, and the tokenizer.
/// </remarks>
public sealed class OnnxDenseEncoder : IDenseEncoder
{
    private static readonly TensorShape States =
        new("last_hidden_state", TensorElementType.Float, "batch", "length", "hidden");

    private readonly OnnxModel _model;
    private readonly TextTokenizer _tokenizer;
    private readonly DenseEncoderOptions _options;

    private OnnxDenseEncoder(OnnxModel model, TextTokenizer tokenizer, DenseEncoderOptions options) =>
        (_model, _tokenizer, _options) = (model, tokenizer, options);

    /// <summary>Loads a model directory.</summary>
    /// <param name="directory">The directory.</param>
    /// <param name="options">How the model reads texts.</param>
    /// <param name="runtime">How ONNX Runtime runs the model.</param>
    /// <exception cref="CheckpointException">
    /// A file is missing or malformed, or the model has other inputs or outputs.
    /// </exception>
    public static OnnxDenseEncoder Load(
        string directory, DenseEncoderOptions? options = null, OnnxOptions? runtime = null)
    {
        options ??= new();
        var tokenizer = TextTokenizer.Load(directory);
        RequireRoomForText(directory, tokenizer, options);
        var model = OnnxModel.Open(directory, runtime?.Threads ?? 0);
        try
        {
            model.RequireInputs([TokenInputs.Ids, TokenInputs.Mask], optional: [TokenInputs.Types]);
            model.RequireOutput(States);
            return new OnnxDenseEncoder(model, tokenizer, options);
        }
        catch
        {
            model.Dispose();
            throw;
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
            foreach (var ((text, _), vector) in batch.Zip(Encode([.. batch.Select(text => text.Item)])))
            {
                vectors[text] = vector;
            }
        }

        return vectors;
    }

    /// <inheritdoc/>
    public void Dispose() => _model.Dispose();

    private static void RequireRoomForText(string directory, TextTokenizer tokenizer, DenseEncoderOptions options)
    {
        var special = tokenizer.Template.Before.Count + tokenizer.Template.After.Count;
        if (options.MaxTokens <= special)
        {
            throw new CheckpointException(TextTokenizer.GetPath(directory),
                $"the tokenizer adds {special} special tokens, which leaves no room for a text within "
                + $"{options.MaxTokens} tokens. Raise {nameof(DenseEncoderOptions.MaxTokens)}.");
        }
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

    private IEnumerable<float[]> Encode(int[][] texts)
    {
        using var inputs = new TokenInputs(_model, texts);
        using var output = _model.Run(inputs.Values, States.Name);
        var states = output.GetTensorDataAsSpan<float>(); // [batch, length, hidden]
        var size = states.Length / texts.Length;
        var vectors = new float[texts.Length][];
        for (var row = 0; row < texts.Length; row++)
        {
            vectors[row] = Pool(states.Slice(row * size, size), hidden: size / inputs.Length, texts[row].Length);
        }

        return vectors;
    }

    private float[] Pool(ReadOnlySpan<float> states, int hidden, int tokens)
    {
        var vector = _options.Pooling switch
        {
            DensePooling.Mean => ComputeMean(states, hidden, tokens),
            DensePooling.FirstToken => states[..hidden].ToArray(),
            _ => throw new UnreachableException(),
        };
        if (_options.Normalize)
        {
            TensorPrimitives.Divide(vector, TensorPrimitives.Norm<float>(vector), vector);
        }

        return vector;
    }

    private static float[] ComputeMean(ReadOnlySpan<float> states, int hidden, int tokens)
    {
        var mean = new float[hidden];
        for (var position = 0; position < tokens; position++)
        {
            TensorPrimitives.Add(mean, states.Slice(position * hidden, hidden), mean);
        }

        TensorPrimitives.Divide(mean, tokens, mean);
        return mean;
    }
}
