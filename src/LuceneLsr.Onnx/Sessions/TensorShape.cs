using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace LuceneLsr.Onnx.Sessions;

/// <summary>The element type and shape that an input or output must have.</summary>
/// <param name="Name">The name of the input or output.</param>
/// <param name="Type">The type of the elements.</param>
/// <param name="Sizes">The names of the dimensions.</param>
internal sealed record TensorShape(string Name, TensorElementType Type, params string[] Sizes)
{
    /// <summary>Returns whether a model's input or output has this type and number of dimensions.</summary>
    public bool Matches(NodeMetadata node) =>
        node.IsTensor && node.ElementDataType == Type && node.Dimensions.Length == Sizes.Length;

    /// <summary>Describes an input or output of a model.</summary>
    public static string Describe(NodeMetadata node) => node.IsTensor
        ? $"{node.ElementDataType} [{string.Join(", ", node.Dimensions.Zip(node.SymbolicDimensions, DescribeSize))}]"
        : $"{node.OnnxValueType}";

    /// <inheritdoc/>
    public override string ToString() => $"{Type} [{string.Join(", ", Sizes)}]";

    private static string DescribeSize(int size, string name) => size >= 0 ? $"{size}" : name is "" ? "?" : name;
}
