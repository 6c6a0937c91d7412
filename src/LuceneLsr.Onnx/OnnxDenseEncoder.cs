using System.Diagnostics;
using System.Numerics.Tensors;
using LuceneLsr.Onnx.Sessions;
using LuceneLsr.Tokenization;
using LuceneLsr.Tokenization.Encoders;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace LuceneLsr.Onnx;

/// <summary>
/// Encodes texts with a sentence encoder in ONNX format, such as all-MiniLM-L6-v2. Thread-safe.
/// </summary>
/// <remarks>
/// The model maps <c>input_ids</c>, <c>attention_mask</c> and, optionally, <c>token_type_ids</c>, all int64
/// [batch, length], to <c>last_hidden_state</c>, float [batch, length, hidden]. Other outputs are ignored. Its
/// directory holds <c>model.onnx</c> or <c>onnx/model.onnx</c>, and the tokenizer.
/// </remarks>
public sealed class OnnxDenseEncoder : DenseModelEncoder
{
    private static readonly TensorShape States =
        new("last_hidden_state", TensorElementType.Float, "batch", "length", "hidden");

    private readonly OnnxModel _model;
    private readonly DensePooling _pooling;

    private OnnxDenseEncoder(string directory, DenseEncoderOptions options, OnnxOptions runtime)
        : base(directory, options)
    {
        (_model, _pooling) = (OnnxModel.Open(directory, runtime.Threads), options.Pooling);
        try
        {
            _model.RequireInputs([TokenInputs.Ids, TokenInputs.Mask], optional: [TokenInputs.Types]);
            _model.RequireOutput(States);
        }
        catch
        {
            _model.Dispose();
            throw;
        }
    }

    /// <summary>Returns whether a directory holds a model in ONNX format.</summary>
    public static bool HasModel(string directory) => OnnxModel.TryFindPath(directory) is not null;

    /// <summary>Loads a model directory.</summary>
    /// <param name="directory">The directory.</param>
    /// <param name="options">How the model reads texts.</param>
    /// <param name="runtime">How ONNX Runtime runs the model.</param>
    /// <exception cref="CheckpointException">
    /// A file is missing or malformed, or the model has other inputs or outputs.
    /// </exception>
    public static OnnxDenseEncoder Load(
        string directory, DenseEncoderOptions? options = null, OnnxOptions? runtime = null) =>
        new(directory, options ?? new(), runtime ?? new());

    /// <inheritdoc/>
    public override void Dispose() => _model.Dispose();

    internal override IEnumerable<float[]> ComputeVectors(int[][] texts)
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

    private float[] Pool(ReadOnlySpan<float> states, int hidden, int tokens) => _pooling switch
    {
        DensePooling.Mean => ComputeMean(states, hidden, tokens),
        DensePooling.FirstToken => states[..hidden].ToArray(),
        _ => throw new UnreachableException(),
    };

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
