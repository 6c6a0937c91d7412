using LuceneLsr.Onnx.Export.Graphs;
using static Onnx.TensorProto.Types;

namespace LuceneLsr.Onnx.Export.Matrices;

/// <summary>
/// A matrix of integers with one scale per row: w = q x s. The inputs of a product are quantized to 7 bits with one
/// scale per token, so that a text's weights do not depend on the other texts of its batch.
/// </summary>
/// <remarks>
/// ONNX Runtime's product of unsigned inputs with signed weights adds pairs in 16 bits on processors with AVX2 and
/// without VNNI, and loses what overflows: with inputs of 8 bits products were off by 18 %. Inputs of 7 bits cannot
/// overflow (2 x 127 x 127 is below 2^15). Unsigned weights would be exact as well, but took up to 1.6 times as long.
/// One scale per batch, as in DynamicQuantizeMatMul, made the error of MiniLM's vectors five times as large.
/// </remarks>
/// <param name="graph">The graph.</param>
/// <param name="values">The integers, I8 [rows, columns].</param>
/// <param name="scales">The scales, F32 [rows].</param>
internal sealed class Int8Matrix(Graph graph, string values, string scales) : GraphMatrix
{
    /// <summary>The largest integer of a weight.</summary>
    public const int Max = 127;

    private const int MaxInput = 63;
    private const long InputZero = 64; // of an unsigned integer

    public override string Multiply(string input, string bias = "")
    {
        var zero = graph.Cast(graph.Scalar(InputZero), DataType.Uint8);
        var step = graph.Scalar(1f / MaxInput);
        var largest = graph.Op("ReduceMax", graph.Op("Abs", input), graph.Constant(-1L));      // [n, 1]
        var integers = graph.Op("QuantizeLinear", graph.Op("Div", input, largest), step, zero);
        var product = graph.Op(
            $"{Graph.Microsoft}.MatMulIntegerToFloat", integers, graph.Transpose(values, 1, 0), step, scales, zero);
        var scaled = graph.Op("Mul", product, largest); // 0 for a token of zeros, whatever 0 / 0 became
        return bias is "" ? scaled : graph.Op("Add", scaled, bias);
    }

    public override string SelectRows(string rows)
    {
        var integers = graph.Cast(graph.Op("Gather", values, rows), DataType.Float);           // [n, columns]
        var factors = graph.Op("Unsqueeze", graph.Op("Gather", scales, rows), graph.Constant(-1L));
        return graph.Op("Mul", integers, factors);
    }

    public override GraphMatrix Slice(long start, long count)
    {
        string first = graph.Constant(start), end = graph.Constant(start + count);
        return new Int8Matrix(graph, graph.Op("Slice", values, first, end), graph.Op("Slice", scales, first, end));
    }
}
