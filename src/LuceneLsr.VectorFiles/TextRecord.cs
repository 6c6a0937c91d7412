namespace LuceneLsr.VectorFiles;

/// <summary>A text to encode.</summary>
/// <param name="Id">The id of the text in its collection.</param>
/// <param name="Contents">The text.</param>
public readonly record struct TextRecord(string Id, string Contents);
