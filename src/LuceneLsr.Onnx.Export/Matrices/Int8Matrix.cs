using LuceneLsr.Onnx.Export.Graphs;
using static Onnx.TensorProto.Types;

namespace LuceneLsr.Onnx.Export.Matrices;

/// <summary>
/// A matrix of integers with one scale per row: w = (q - 128) x s. The inputs of a product are quantized to 8 bits with
/// one scale per token, so that a text's weights do not depend on the other texts of its batch.
/// </summary>
/// <remarks>
/// Both factors are unsigned, because ONNX Runtime's product of unsigned inputs with signed weights adds pairs in 16
/// bits, which overflow on processors with AVX2 and without VNNI: products were off by 18 % instead of 0.6 %. One scale
/// per batch, as in DynamicQuantizeMatMul, saves a tenth of the time but made the error of MiniLM's vectors five times
/// as large.
/// </remarks>
/// <param name="graph">The graph.</param>
/// <param name="values">The integers, U8 [rows, columns].</param>
/// <param name="scales">The scales, F32 [rows].</param>
/// <param name="rows">The number of rows.</param>
internal sealed class Int8Matrix(Graph graph, string values, string scales, long rows) : GraphMatrix
{
    /// <summary>The integer that stands for 0.</summary>
    public const byte Zero = 128;

    /// <summary>The largest integer, without its sign.</summary>
    public const byte Max = 127;

    public override string Multiply(string input, string bias = "")
    {
        var zero = graph.Cast(graph.Scalar((long)Zero), DataType.Uint8);
        var step = graph.Scalar(1f / Max);
        var largest = graph.Op("ReduceMax", graph.Op("Abs", input), graph.Constant(-1L));      // [n, 1]
        var integers = graph.Op("QuantizeLinear", graph.Op("Div", input, largest), step, zero);
        var product = graph.Op(
            $"{Graph.Microsoft}.MatMulIntegerToFloat", integers, graph.Transpose(values, 1, 0), step, scales, zero,
            graph.Op("Expand", zero, graph.Constant(rows)));
        var scaled = graph.Op("Mul", product, largest); // 0 for a token of zeros, whatever 0 / 0 became
        return bias is "" ? scaled : graph.Op("Add", scaled, bias);
    }

    public override string SelectRows(string rows)
    {
        var integers = graph.Cast(graph.Op("Gather", values, rows), DataType.Float);           // [n, columns]
        var factors = graph.Op("Unsqueeze", graph.Op("Gather", scales, rows), graph.Constant(-1L));
        return graph.Op("Mul", graph.Op("Sub", integers, graph.Scalar((float)Zero)), factors);
    }

    public override GraphMatrix Slice(long start, long count)
    {
        string first = graph.Constant(start), end = graph.Constant(start + count);
        return new Int8Matrix(
            graph, graph.Op("Slice", values, first, end), graph.Op("Slice", scales, first, end), count);
    }
}
