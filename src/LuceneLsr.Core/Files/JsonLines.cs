namespace LuceneLsr.Files;

/// <summary>Reads JSONL files: one JSON object a line.</summary>
public static class JsonLines
{
    /// <summary>Streams the objects of a file in its order; blank lines are passed over.</summary>
    /// <param name="path">
    /// A .jsonl or .jsonl.gz file; where only <paramref name="path"/> + ".gz" exists, that one is read.
    /// </param>
    /// <exception cref="FileNotFoundException">Neither exists.</exception>
    /// <exception cref="InvalidDataException">While enumerating: a line holds no JSON object.</exception>
    public static IEnumerable<JsonRecord> Read(string path) => Read(path, Shard.Whole);

    /// <summary>As <see cref="Read(string)"/>, a part of the objects; other lines are not looked into.</summary>
    /// <param name="path">The file, likewise.</param>
    /// <param name="shard">The part.</param>
    /// <exception cref="FileNotFoundException">There is no such file, nor a compressed one.</exception>
    /// <exception cref="InvalidDataException">While enumerating: a line holds no JSON object.</exception>
    public static IEnumerable<JsonRecord> Read(string path, Shard shard)
    {
        ArgumentNullException.ThrowIfNull(shard);
        return TextLines.Read(path).Where((_, index) => shard.Contains(index)).Select(JsonRecord.Parse);
    }
}
