namespace LuceneLsr.Onnx.Export.Matrices;

/// <summary>A weight matrix [rows, columns] in a graph: a projection, the embeddings or the head.</summary>
internal abstract class GraphMatrix
{
    /// <summary>Computes x W^T + bias: [n, columns] -> [n, rows].</summary>
    /// <param name="input">The input x.</param>
    /// <param name="bias">The bias [rows], or an empty name for none.</param>
    public abstract string Multiply(string input, string bias = "");

    /// <summary>Looks up rows by index: [n] -> [n, columns].</summary>
    public abstract string SelectRows(string rows);

    /// <summary>Gets a range of rows. ONNX Runtime computes it when it loads the model.</summary>
    public abstract GraphMatrix Slice(long start, long count);
}
