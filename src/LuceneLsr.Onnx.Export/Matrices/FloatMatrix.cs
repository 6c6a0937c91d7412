using LuceneLsr.Onnx.Export.Graphs;

namespace LuceneLsr.Onnx.Export.Matrices;

/// <summary>A matrix in F32.</summary>
/// <param name="graph">The graph.</param>
/// <param name="values">The values, [rows, columns].</param>
internal sealed class FloatMatrix(Graph graph, string values) : GraphMatrix
{
    public override string Multiply(string input, string bias = "") =>
        graph.Op("Gemm", bias is "" ? [input, values] : [input, values, bias], NodeAttribute.Of("transB", 1));

    public override string SelectRows(string rows) => graph.Op("Gather", values, rows);

    public override GraphMatrix Slice(long start, long count) =>
        new FloatMatrix(graph, graph.Op("Slice", values, graph.Constant(start), graph.Constant(start + count)));
}
