using LuceneLsr.Evaluation.Collections;
using LuceneLsr.Files;

namespace LuceneLsr.Training.Data;

/// <summary>
/// Reads plain training text from the documents of BEIR directories, never their queries, and from JSONL files of
/// {"text": "..."}.
/// </summary>
public static class TextFiles
{
    /// <summary>Streams the documents of a BEIR directory or the texts of a .jsonl or .jsonl.gz file.</summary>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="InvalidDataException">Thrown while enumerating if a line is malformed.</exception>
    internal static IEnumerable<string> Read(string path) => Directory.Exists(path)
        ? BeirCollection.ReadCorpus(path).Select(document => document.Contents)
        : JsonLines.Read(path).Select(record => record.GetText("text"));

    /// <summary>Streams the texts of several directories or files in turn.</summary>
    /// <param name="dataDirectory">The directory that the paths are relative to.</param>
    /// <param name="paths">The paths.</param>
    public static IEnumerable<string> ReadAll(string dataDirectory, IEnumerable<string> paths) =>
        paths.SelectMany(path => Read(Path.Combine(dataDirectory, path)));

    /// <summary>Streams the paragraphs of the texts of a directory or file. Each line is a paragraph.</summary>
    internal static IEnumerable<string> ReadParagraphs(string path) =>
        Read(path).SelectMany(text =>
            text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}
