using System.Globalization;
using System.Runtime.InteropServices;
using Google.Protobuf;
using LuceneLsr.Torch.Weights;
using Onnx;
using static Onnx.TensorProto.Types;

namespace LuceneLsr.Onnx.Export.Graphs;

/// <summary>
/// An ONNX graph under construction. Methods that add a node return the name of its output, which other nodes take as
/// input. A node that exists already is not added again.
/// </summary>
internal sealed class Graph
{
    /// <summary>The domain of operators that only ONNX Runtime has.</summary>
    public const string Microsoft = "com.microsoft";

    private const int Opset = 20; // the first with Gelu
    private const int IrVersion = 9;

    private readonly GraphProto _graph = new() { Name = "lsr" };
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal); // by what computes them

    /// <summary>Adds an input.</summary>
    public string Input(string name, DataType type, params string[] sizes)
    {
        _graph.Input.Add(Describe(name, type, sizes));
        return name;
    }

    /// <summary>Names a value and makes it an output.</summary>
    public void Output(string value, string name, DataType type, params string[] sizes)
    {
        AddNode("Identity", [value], name, []);
        _graph.Output.Add(Describe(name, type, sizes));
    }

    /// <summary>Adds a node with one output.</summary>
    /// <param name="type">The operator, such as "Add" or "com.microsoft.DynamicQuantizeMatMul".</param>
    /// <param name="inputs">The inputs. An empty name stands for an optional input that is left out.</param>
    public string Op(string type, params string[] inputs) => Op(type, inputs, []);

    /// <summary>Adds a node with attributes and one output.</summary>
    public string Op(string type, string[] inputs, params AttributeProto[] attributes)
    {
        var key = $"{type}({string.Join(',', inputs)}){string.Join<AttributeProto>(',', attributes)}";
        if (!_values.TryGetValue(key, out var output))
        {
            output = _values[key] = CreateName(type);
            AddNode(type, inputs, output, attributes);
        }

        return output;
    }

    /// <summary>Adds a node that splits a value along an axis into parts of the given sizes.</summary>
    public string[] Split(string input, int axis, params long[] sizes)
    {
        string[] outputs = [.. sizes.Select((_, part) => CreateName($"Split{part}_"))];
        var node = new NodeProto { OpType = "Split", Name = outputs[0] };
        node.Input.AddRange([input, Constant(sizes)]);
        node.Output.AddRange(outputs);
        node.Attribute.Add(NodeAttribute.Of("axis", axis));
        _graph.Node.Add(node);
        return outputs;
    }

    /// <summary>Adds a weight. The array must not change afterwards.</summary>
    public string Weight(string name, DataType type, byte[] values, params long[] shape)
    {
        var tensor = new TensorProto
        {
            Name = name,
            DataType = (int)type,
            RawData = UnsafeByteOperations.UnsafeWrap(values),
        };
        tensor.Dims.AddRange(shape);
        _graph.Initializer.Add(tensor);
        return name;
    }

    /// <summary>Gets a vector of integers.</summary>
    public string Constant(params long[] values) =>
        Constant(DataType.Int64, string.Join(',', values), MemoryMarshal.AsBytes<long>(values), values.Length);

    /// <summary>Gets an integer.</summary>
    public string Scalar(long value) =>
        Constant(DataType.Int64, value.ToString(CultureInfo.InvariantCulture), MemoryMarshal.AsBytes<long>([value]));

    /// <summary>Gets a number.</summary>
    public string Scalar(float value) => Constant(
        DataType.Float, value.ToString("R", CultureInfo.InvariantCulture), MemoryMarshal.AsBytes<float>([value]));

    /// <summary>Gets a vector of numbers.</summary>
    public string Constant(params double[] values) => Constant(
        DataType.Double, string.Join(',', values.Select(value => value.ToString("R", CultureInfo.InvariantCulture))),
        MemoryMarshal.AsBytes<double>(values), values.Length);

    /// <summary>Changes the type of a value.</summary>
    public string Cast(string input, DataType type) => Op("Cast", [input], NodeAttribute.Of("to", (long)type));

    /// <summary>Joins values along an axis.</summary>
    public string Concat(int axis, params string[] inputs) => Op("Concat", inputs, NodeAttribute.Of("axis", axis));

    /// <summary>Joins any number of values along their first axis: an empty name for none.</summary>
    public string Join(IReadOnlyList<string> inputs) => inputs switch
    {
        [] => "",
        [var single] => single,
        _ => Concat(0, [.. inputs]),
    };

    /// <summary>Gives a value another shape. 0 keeps a size, -1 stands for what is left.</summary>
    public string Reshape(string input, params long[] shape) => Op("Reshape", input, Constant(shape));

    /// <summary>Reorders the dimensions of a value.</summary>
    public string Transpose(string input, params long[] order) =>
        Op("Transpose", [input], NodeAttribute.Of("perm", order));

    /// <summary>Gets one size of a value, as a vector of one integer.</summary>
    public string Size(string input, int axis) => Op(
        "Shape", [input], NodeAttribute.Of("start", axis), NodeAttribute.Of("end", axis + 1));

    /// <summary>Gets the integers from 0 to below a size, which is a vector of one integer.</summary>
    public string Range(string size) =>
        Op("Range", Scalar(0L), Op("Squeeze", size, Constant(0L)), Scalar(1L));

    /// <summary>Writes the model to a file.</summary>
    public void Write(string path, long maxInlineBytes = ModelFile.MaxInlineBytes)
    {
        var model = new ModelProto { IrVersion = IrVersion, ProducerName = OnnxFile.Producer, Graph = _graph };
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = Opset });
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = Microsoft, Version = 1 });
        ModelFile.Write(model, path, maxInlineBytes);
    }

    private string Constant(DataType type, string text, ReadOnlySpan<byte> bytes, params long[] shape)
    {
        var key = $"{type}[{string.Join(',', shape)}]:{text}";
        if (!_values.TryGetValue(key, out var name))
        {
            name = _values[key] = Weight($"constant_{_values.Count}", type, bytes.ToArray(), shape);
        }

        return name;
    }

    private void AddNode(string type, string[] inputs, string output, AttributeProto[] attributes)
    {
        var dot = type.LastIndexOf('.');
        var node = new NodeProto
        {
            OpType = type[(dot + 1)..],
            Domain = dot < 0 ? "" : type[..dot],
            Name = output,
        };
        node.Input.AddRange(inputs);
        node.Output.Add(output);
        node.Attribute.AddRange(attributes);
        _graph.Node.Add(node);
    }

    private string CreateName(string type) => $"{type[(type.LastIndexOf('.') + 1)..]}_{_graph.Node.Count}";

    private static ValueInfoProto Describe(string name, DataType type, string[] sizes)
    {
        var shape = new TensorShapeProto();
        shape.Dim.AddRange(sizes.Select(size => long.TryParse(size, CultureInfo.InvariantCulture, out var value)
            ? new TensorShapeProto.Types.Dimension { DimValue = value }
            : new TensorShapeProto.Types.Dimension { DimParam = size }));
        return new ValueInfoProto
        {
            Name = name,
            Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)type, Shape = shape } },
        };
    }
}
