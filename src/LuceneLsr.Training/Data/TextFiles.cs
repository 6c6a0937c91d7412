using LuceneLsr.Evaluation.Collections;
using LuceneLsr.Files;

namespace LuceneLsr.Training.Data;

/// <summary>
/// Plain training text: the documents of BEIR folders, never their queries, and JSONL files of {"text"}.
/// </summary>
public static class TextFiles
{
    /// <summary>Streams the documents of a BEIR folder or the texts of a .jsonl or .jsonl.gz file.</summary>
    public static IEnumerable<string> Read(string path) => Directory.Exists(path)
        ? BeirCollection.ReadCorpus(path).Select(document => document.Contents)
        : JsonLines.Read(path).Select(record => record.GetText("text"));

    /// <summary>The texts of several such folders or files, one after the other.</summary>
    /// <param name="dataDirectory">What their paths are relative to.</param>
    /// <param name="paths">Their paths.</param>
    public static IEnumerable<string> ReadAll(string dataDirectory, IEnumerable<string> paths) =>
        paths.SelectMany(path => Read(Path.Combine(dataDirectory, path)));

    /// <summary>Streams the paragraphs, that is lines, of a folder's or file's texts.</summary>
    public static IEnumerable<string> ReadParagraphs(string path) =>
        Read(path).SelectMany(text =>
            text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}
