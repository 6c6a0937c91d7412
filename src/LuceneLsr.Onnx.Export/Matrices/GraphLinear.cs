namespace LuceneLsr.Onnx.Export.Matrices;

/// <summary>A projection: x W^T + bias.</summary>
/// <param name="Matrix">The matrix W.</param>
/// <param name="Bias">The bias, or an empty name for none.</param>
internal sealed record GraphLinear(GraphMatrix Matrix, string Bias)
{
    /// <summary>Computes [n, columns] -> [n, rows].</summary>
    public string Apply(string input) => Matrix.Multiply(input, Bias);
}
