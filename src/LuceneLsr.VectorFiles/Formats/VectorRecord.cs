namespace LuceneLsr.VectorFiles.Formats;

/// <summary>A ready vector with the text that it stands for.</summary>
/// <param name="Id">The text's id in its collection.</param>
/// <param name="Contents">The text; empty where a file leaves it out.</param>
/// <param name="Vector">The text's vector.</param>
public sealed record VectorRecord(string Id, string Contents, SparseVector Vector);
