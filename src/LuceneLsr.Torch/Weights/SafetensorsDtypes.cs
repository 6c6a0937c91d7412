using static TorchSharp.torch;

namespace LuceneLsr.Torch.Weights;

/// <summary>The dtype names of the safetensors format that are supported.</summary>
internal static class SafetensorsDtypes
{
    private static readonly Dictionary<string, ScalarType> Types = new(StringComparer.Ordinal)
    {
        ["F32"] = ScalarType.Float32,
        ["F16"] = ScalarType.Float16,
        ["BF16"] = ScalarType.BFloat16,
        ["I8"] = ScalarType.Int8,
        ["U8"] = ScalarType.Byte,
        ["I64"] = ScalarType.Int64, // not for weights: some checkpoints store their position ids
    };

    /// <summary>Gets the type with a name.</summary>
    public static ScalarType GetType(string name) => Types[name];

    /// <summary>Gets the name of a type.</summary>
    /// <exception cref="ArgumentException">The type is not supported.</exception>
    public static string GetName(ScalarType type) => Types.FirstOrDefault(pair => pair.Value == type).Key
        ?? throw new ArgumentException($"Safetensors files with dtype {type} are not supported.", nameof(type));
}
