using Google.Protobuf;
using LuceneLsr.TestSupport;
using Onnx;
using static Onnx.TensorProto.Types;

namespace LuceneLsr.Onnx.Tests.Support;

/// <summary>Builds small ONNX graphs by hand.</summary>
internal sealed class TinyGraph
{
    private readonly GraphProto _graph = new() { Name = "tiny" };

    /// <summary>Adds an input, [batch, length] without sizes, a scalar with the size "".</summary>
    public TinyGraph Input(string name, DataType type = DataType.Int64, params string[] sizes)
    {
        _graph.Input.Add(Describe(name, type, sizes.Length == 0 ? ["batch", "length"] : sizes));
        return this;
    }

    public TinyGraph Output(string name, DataType type, params string[] sizes)
    {
        _graph.Output.Add(Describe(name, type, sizes));
        return this;
    }

    public TinyGraph Weights(string name, float[] values, params long[] shape)
    {
        var tensor = new TensorProto { Name = name, DataType = (int)DataType.Float };
        tensor.Dims.AddRange(shape);
        tensor.FloatData.AddRange(values);
        _graph.Initializer.Add(tensor);
        return this;
    }

    public TinyGraph Node(string type, string[] inputs, string output, params (string Name, long Value)[] attributes)
    {
        var node = new NodeProto { OpType = type };
        node.Input.AddRange(inputs);
        node.Output.Add(output);
        node.Attribute.AddRange(attributes.Select(attribute => new AttributeProto
        {
            Name = attribute.Name,
            I = attribute.Value,
            Type = AttributeProto.Types.AttributeType.Int,
        }));
        _graph.Node.Add(node);
        return this;
    }

    public void Write(TemporaryFolder folder, string path = "model.onnx") => Write(folder.File(path));

    public void Write(string path)
    {
        var model = new ModelProto { IrVersion = 8, Graph = _graph };
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = 17 });
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, model.ToByteArray());
    }

    private static ValueInfoProto Describe(string name, DataType type, string[] sizes)
    {
        var shape = new TensorShapeProto();
        shape.Dim.AddRange(sizes.Where(size => size.Length > 0).Select(size => long.TryParse(size, out var value)
            ? new TensorShapeProto.Types.Dimension { DimValue = value }
            : new TensorShapeProto.Types.Dimension { DimParam = size }));
        var tensor = new TypeProto.Types.Tensor { ElemType = (int)type, Shape = shape };
        return new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = tensor } };
    }
}
