namespace LuceneLsr.Files;

/// <summary>
/// Reads files of JSON objects: JSONL with one object per line, objects over several lines, or arrays of objects. Files
/// are streamed; an array is never in memory as a whole.
/// </summary>
public static class JsonLines
{
    /// <summary>Streams the objects of a file in order.</summary>
    /// <param name="path">
    /// The file. A name that ends in .gz means gzip. If only <paramref name="path"/> + ".gz" exists, that file is read
    /// instead.
    /// </param>
    /// <exception cref="FileNotFoundException">Neither file exists.</exception>
    /// <exception cref="IOException">The path is a directory.</exception>
    /// <exception cref="InvalidDataException">While enumerating: something is not a JSON object.</exception>
    public static IEnumerable<JsonRecord> Read(string path) => Read(path, Shard.Whole);

    /// <summary>
    /// Returns whether writing to a path would replace the file that <see cref="Read(string)"/> reads, also through
    /// symbolic links. Hard links, and names that differ only in case, count as other files.
    /// </summary>
    /// <param name="input">The path to read.</param>
    /// <param name="output">The path to write.</param>
    /// <exception cref="FileNotFoundException">There is no file to read.</exception>
    public static bool IsSameFile(string input, string output) =>
        RealPath.Resolve(TextFile.Find(input)) == RealPath.Resolve(output);

    /// <summary>Streams the objects of one shard of a file. The fields of other objects are not read.</summary>
    /// <param name="path">
    /// The file. A name that ends in .gz means gzip. If only <paramref name="path"/> + ".gz" exists, that file is read
    /// instead.
    /// </param>
    /// <param name="shard">The shard.</param>
    /// <exception cref="FileNotFoundException">Neither file exists.</exception>
    /// <exception cref="IOException">The path is a directory.</exception>
    /// <exception cref="InvalidDataException">While enumerating: something is not a JSON object.</exception>
    public static IEnumerable<JsonRecord> Read(string path, Shard shard)
    {
        ArgumentNullException.ThrowIfNull(shard);
        return JsonObjects.Read(path).Where((_, index) => shard.Contains(index)).Select(JsonRecord.Parse);
    }
}
