namespace LuceneLsr.VectorFiles.Formats;

/// <summary>A vector with its text.</summary>
/// <param name="Id">The id of the text in its collection.</param>
/// <param name="Contents">The text, empty if the file omits it.</param>
/// <param name="Vector">The vector of the text.</param>
public sealed record VectorRecord(string Id, string Contents, SparseVector Vector);
