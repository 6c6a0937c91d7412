using Onnx;
using static Onnx.AttributeProto.Types;

namespace LuceneLsr.Onnx.Export.Graphs;

/// <summary>Creates attributes of nodes.</summary>
internal static class NodeAttribute
{
    public static AttributeProto Of(string name, long value) =>
        new() { Name = name, Type = AttributeType.Int, I = value };

    public static AttributeProto Of(string name, double value) =>
        new() { Name = name, Type = AttributeType.Float, F = (float)value };

    public static AttributeProto Of(string name, long[] values)
    {
        var attribute = new AttributeProto { Name = name, Type = AttributeType.Ints };
        attribute.Ints.AddRange(values);
        return attribute;
    }
}
