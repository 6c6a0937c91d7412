namespace LuceneLsr.VectorFiles;

/// <summary>A text to encode.</summary>
/// <param name="Id">The text's id in its collection.</param>
/// <param name="Contents">The text.</param>
public readonly record struct TextRecord(string Id, string Contents);
