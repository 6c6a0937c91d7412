using LuceneLsr.Onnx.Export.Graphs;
using LuceneLsr.Torch.Weights;
using static Onnx.TensorProto.Types;

namespace LuceneLsr.Onnx.Export.Matrices;

/// <summary>
/// A matrix in the format of <see cref="GroupQuantization"/>, which saves space in the file. Looked up rows are exact.
/// For products, the graph requantizes it to an <see cref="Int8Matrix"/>, once, when ONNX Runtime loads the model: that
/// is faster than products with 4 bits and adds a tenth of their error.
/// </summary>
/// <param name="graph">The graph.</param>
/// <param name="pairs">The integers, two to a byte, U8 [rows, columns / 2].</param>
/// <param name="scales">The scales, F16 [rows, groups].</param>
/// <param name="rows">The number of rows.</param>
/// <param name="columns">The number of columns.</param>
internal sealed class Int4Matrix(Graph graph, string pairs, string scales, long rows, long columns) : GraphMatrix
{
    public override string Multiply(string input, string bias = "")
    {
        var values = Unpack(pairs, scales);                                                // [rows, columns]
        var largest = graph.Op("ReduceMax", graph.Op("Abs", values), graph.Constant(1L));  // [rows, 1]
        var factors = graph.Op(
            "Max", graph.Op("Div", largest, graph.Scalar((float)Int8Matrix.Max)), graph.Scalar(1e-12f));
        var integers = graph.Op("Round", graph.Op("Div", values, factors));
        return new Int8Matrix(graph, graph.Cast(integers, DataType.Int8), graph.Reshape(factors, rows))
            .Multiply(input, bias);
    }

    public override string SelectRows(string rows) =>
        Unpack(graph.Op("Gather", pairs, rows), graph.Op("Gather", scales, rows));

    public override GraphMatrix Slice(long start, long count)
    {
        string first = graph.Constant(start), end = graph.Constant(start + count);
        return new Int4Matrix(
            graph, graph.Op("Slice", pairs, first, end), graph.Op("Slice", scales, first, end), count, columns);
    }

    // [n, columns / 2] and [n, groups] -> [n, columns]
    private string Unpack(string bytes, string halves)
    {
        var sixteen = graph.Cast(graph.Scalar(16L), DataType.Uint8);
        var high = graph.Op("Div", bytes, sixteen);
        var low = graph.Op("Sub", bytes, graph.Op("Mul", high, sixteen));
        var axis = graph.Constant(2L);
        var steps = graph.Concat(                                                          // [n, columns / 2, 2]
            2, graph.Op("Unsqueeze", low, axis), graph.Op("Unsqueeze", high, axis));
        var groups = graph.Reshape(graph.Cast(steps, DataType.Float), 0, -1, GroupQuantization.GroupSize);
        var factors = graph.Op("Unsqueeze", graph.Cast(halves, DataType.Float), axis);     // [n, groups, 1]
        return graph.Reshape(
            graph.Op("Mul", graph.Op("Sub", groups, graph.Scalar(8f)), factors), 0, columns);
    }
}
