namespace LuceneLsr.Files;

/// <summary>
/// Streams the JSON objects of a text: one per line, over several lines, as the elements of an array, or any mixture.
/// </summary>
internal static class JsonObjects
{
    /// <summary>Streams the texts of the objects of a file, each with the line where it starts.</summary>
    /// <param name="path">
    /// The file. If only <paramref name="path"/> + ".gz" exists, that file is read instead.
    /// </param>
    /// <exception cref="FileNotFoundException">Neither file exists.</exception>
    /// <exception cref="IOException">The path is a directory.</exception>
    /// <exception cref="InvalidDataException">
    /// While enumerating: something is not a JSON object, the file is not valid UTF-8, or its gzip data is corrupt.
    /// </exception>
    public static IEnumerable<TextLine> Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Stream(TextFile.Find(path));
    }

    /// <summary>Streams the texts of the objects of a reader.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="name">The name of the source in error messages.</param>
    /// <exception cref="InvalidDataException">While enumerating: something is not a JSON object.</exception>
    public static IEnumerable<TextLine> Read(TextReader reader, string name) => Read(reader, name, () => 0);

    private static IEnumerable<TextLine> Stream(string path)
    {
        using var file = File.OpenRead(path);
        using var reader = TextFile.Open(file);
        foreach (var record in Read(reader, path, () => TextFile.GetFractionRead(file)))
        {
            yield return record;
        }
    }

    private static IEnumerable<TextLine> Read(TextReader reader, string name, Func<double> getFractionRead)
    {
        var scanner = new JsonObjectScanner(name);
        while (!scanner.IsComplete)
        {
            // Objects before an error are returned first, as those of a file that is read line by line.
            var (records, error) = scanner.Read(reader, getFractionRead);
            foreach (var record in records)
            {
                yield return record;
            }

            if (error is not null)
            {
                throw error;
            }
        }
    }
}
