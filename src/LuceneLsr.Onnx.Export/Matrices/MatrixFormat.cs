using LuceneLsr.Onnx.Export.Graphs;
using LuceneLsr.Torch.Weights;
using static Onnx.TensorProto.Types;
using static TorchSharp.torch;

namespace LuceneLsr.Onnx.Export.Matrices;

/// <summary>A number format of matrices.</summary>
internal abstract class MatrixFormat
{
    /// <summary>Gets the format in F32.</summary>
    public static MatrixFormat Float32 { get; } = new Float32Format();

    /// <summary>Gets the format of <see cref="RowQuantization"/>.</summary>
    public static MatrixFormat Int8 { get; } = new Int8Format();

    /// <summary>Gets the format of <see cref="GroupQuantization"/>.</summary>
    public static MatrixFormat Int4 { get; } = new Int4Format();

    /// <summary>
    /// Adds matrices [rows, columns] as one, below each other. Each is an initializer of its own name, so that the model
    /// can be read from the file. ONNX Runtime joins them when it loads the model.
    /// </summary>
    public abstract GraphMatrix Add(Graph graph, IReadOnlyList<(string Name, Tensor Weight)> parts);

    /// <summary>Adds a tensor to a graph in its own numbers.</summary>
    internal static string AddTensor(Graph graph, string name, DataType type, Tensor values)
    {
        using var contiguous = values.contiguous();
        return graph.Weight(name, type, contiguous.bytes.ToArray(), values.shape);
    }

    // The integers and the scales of all parts.
    private static (string Values, string Scales) AddQuantized(
        Graph graph, IReadOnlyList<(string Name, Tensor Weight)> parts, (DataType Values, DataType Scales) types,
        Func<Tensor, (Tensor Values, Tensor Scales)> quantize)
    {
        using var scope = NewDisposeScope();
        var added = parts.Select(part =>
        {
            var (values, scales) = quantize(part.Weight);
            return (
                Values: AddTensor(graph, part.Name, types.Values, values),
                Scales: AddTensor(graph, part.Name + RowQuantization.ScaleSuffix, types.Scales, scales));
        }).ToList();
        return (
            graph.Join([.. added.Select(part => part.Values)]), graph.Join([.. added.Select(part => part.Scales)]));
    }

    private sealed class Float32Format : MatrixFormat
    {
        public override GraphMatrix Add(Graph graph, IReadOnlyList<(string Name, Tensor Weight)> parts) => new FloatMatrix(
            graph,
            graph.Join([.. parts.Select(part => AddTensor(graph, part.Name, DataType.Float, part.Weight))]));
    }

    private sealed class Int8Format : MatrixFormat
    {
        public override GraphMatrix Add(Graph graph, IReadOnlyList<(string Name, Tensor Weight)> parts)
        {
            var (values, scales) =
                AddQuantized(graph, parts, (DataType.Int8, DataType.Float), RowQuantization.Quantize);
            return new Int8Matrix(graph, values, scales);
        }
    }

    private sealed class Int4Format : MatrixFormat
    {
        public override GraphMatrix Add(Graph graph, IReadOnlyList<(string Name, Tensor Weight)> parts)
        {
            var columns = parts[0].Weight.shape[1];
            if (!GroupQuantization.CanQuantize(columns))
            {
                return Int8.Add(graph, parts);
            }

            var (pairs, scales) =
                AddQuantized(graph, parts, (DataType.Uint8, DataType.Float16), GroupQuantization.Quantize);
            return new Int4Matrix(graph, pairs, scales, parts.Sum(part => part.Weight.shape[0]), columns);
        }
    }
}
