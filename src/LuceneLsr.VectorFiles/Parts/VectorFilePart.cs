namespace LuceneLsr.VectorFiles.Parts;

/// <summary>A shard of vectors that <see cref="VectorFileEncoder"/> wrote.</summary>
/// <param name="Path">The file.</param>
/// <param name="Shard">The shard, such as "2/8"; null if the manifest is missing or malformed.</param>
/// <param name="Texts">The number of texts by the manifest.</param>
/// <param name="Bytes">The length of the file.</param>
public sealed record VectorFilePart(string Path, string? Shard, long Texts, long Bytes);
