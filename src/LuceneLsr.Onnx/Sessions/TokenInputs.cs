using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace LuceneLsr.Onnx.Sessions;

/// <summary>
/// The inputs of a batch that transformers have in common, under the names that Hugging Face's exports use. Texts are
/// padded at the end with token 0.
/// </summary>
internal sealed class TokenInputs : IDisposable
{
    private readonly Dictionary<string, OrtValue> _values = new(StringComparer.Ordinal);
    private readonly long[] _shape;

    /// <summary>Creates the inputs of a batch for a model.</summary>
    public TokenInputs(OnnxModel model, IReadOnlyList<IReadOnlyList<int>> texts)
    {
        var length = texts.Max(text => text.Count);
        _shape = [texts.Count, length];
        long[] ids = new long[texts.Count * length], mask = new long[texts.Count * length];
        foreach (var (row, text) in texts.Index())
        {
            for (var position = 0; position < text.Count; position++)
            {
                ids[(row * length) + position] = text[position];
                mask[(row * length) + position] = 1;
            }
        }

        Add(Ids.Name, ids, _shape);
        Add(Mask.Name, mask, _shape);
        if (model.HasInput(Types.Name))
        {
            Add(Types.Name, new long[ids.Length], _shape);
        }
    }

    /// <summary>Gets the token ids.</summary>
    public static TensorShape Ids { get; } = new("input_ids", TensorElementType.Int64, "batch", "length");

    /// <summary>Gets the attention mask: 1 for tokens, 0 for padding.</summary>
    public static TensorShape Mask { get; } = new("attention_mask", TensorElementType.Int64, "batch", "length");

    /// <summary>Gets the token types, which are all 0. Not every model has them.</summary>
    public static TensorShape Types { get; } = new("token_type_ids", TensorElementType.Int64, "batch", "length");

    /// <summary>Gets the length of the longest text.</summary>
    public int Length => (int)_shape[1];

    /// <summary>Gets the inputs by name.</summary>
    public IReadOnlyDictionary<string, OrtValue> Values => _values;

    /// <summary>Adds an input.</summary>
    public void Add<T>(string name, T[] values, long[] shape)
        where T : unmanaged =>
        _values.Add(name, OrtValue.CreateTensorValueFromMemory(values, shape));

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var value in _values.Values)
        {
            value.Dispose();
        }
    }
}
