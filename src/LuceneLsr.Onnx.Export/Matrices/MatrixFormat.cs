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

    /// <summary>Adds a matrix [rows, columns] to a graph.</summary>
    public abstract GraphMatrix Add(Graph graph, string name, Tensor weight);

    private static byte[] GetBytes(Tensor values)
    {
        using var contiguous = values.contiguous();
        return contiguous.bytes.ToArray();
    }

    private sealed class Float32Format : MatrixFormat
    {
        public override GraphMatrix Add(Graph graph, string name, Tensor weight) =>
            new FloatMatrix(graph, graph.Weight(name, DataType.Float, GetBytes(weight), weight.shape));
    }

    private sealed class Int8Format : MatrixFormat
    {
        public override GraphMatrix Add(Graph graph, string name, Tensor weight)
        {
            using var scope = NewDisposeScope();
            var (values, scales) = RowQuantization.Quantize(weight);
            return new Int8Matrix(
                graph, graph.Weight(name, DataType.Int8, GetBytes(values), weight.shape),
                graph.Weight(name + RowQuantization.ScaleSuffix, DataType.Float, GetBytes(scales), scales.shape));
        }
    }

    private sealed class Int4Format : MatrixFormat
    {
        public override GraphMatrix Add(Graph graph, string name, Tensor weight)
        {
            if (!GroupQuantization.CanQuantize(weight.shape[1]))
            {
                return Int8.Add(graph, name, weight);
            }

            using var scope = NewDisposeScope();
            var (pairs, scales) = GroupQuantization.Quantize(weight);
            return new Int4Matrix(
                graph, graph.Weight(name, DataType.Uint8, GetBytes(pairs), pairs.shape),
                graph.Weight(name + RowQuantization.ScaleSuffix, DataType.Float16, GetBytes(scales), scales.shape),
                weight.shape[0], weight.shape[1]);
        }
    }
}
