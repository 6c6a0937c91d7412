namespace LuceneLsr.Files;

/// <summary>Reads numbered lines of text files, plain or gzip-compressed.</summary>
internal static class TextLines
{
    /// <summary>Streams the non-blank lines of a UTF-8 file.</summary>
    /// <param name="path">
    /// The file. If only <paramref name="path"/> + ".gz" exists, that file is read instead.
    /// </param>
    /// <exception cref="FileNotFoundException">Neither file exists.</exception>
    /// <exception cref="IOException">The path is a directory.</exception>
    /// <exception cref="InvalidDataException">
    /// While enumerating: the file is not valid UTF-8, its gzip data is corrupt, or a line is longer than
    /// <see cref="LineReader.MaxLength"/>.
    /// </exception>
    public static IEnumerable<TextLine> Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Stream(TextFile.Find(path));
    }

    private static IEnumerable<TextLine> Stream(string path)
    {
        using var file = File.OpenRead(path);
        using var reader = TextFile.Open(file);
        var (lines, number) = (new LineReader(reader), 0);
        while (ReadLine(lines, path, ++number) is { } text)
        {
            if (!string.IsNullOrWhiteSpace(text))
            {
                yield return new TextLine(path, number, text, TextFile.GetFractionRead(file));
            }
        }
    }

    private static string? ReadLine(LineReader lines, string name, int number)
    {
        try
        {
            return TextFile.Read(lines.ReadLine, name, number - 1);
        }
        catch (LineTooLongException exception)
        {
            throw new InvalidDataException($"{name}, line {number}: {exception.Message}", exception);
        }
    }
}
