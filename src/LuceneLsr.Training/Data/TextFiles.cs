using LuceneLsr.Evaluation.Collections;

namespace LuceneLsr.Training.Data;

/// <summary>Plain training text: BEIR folders and JSONL files of {"title", "text"}.</summary>
public static class TextFiles
{
    /// <summary>Streams the texts of a BEIR folder (documents, then queries) or of a .jsonl or .jsonl.gz file.</summary>
    public static IEnumerable<string> Read(string path) => Directory.Exists(path)
        ? BeirCollection.ReadCorpus(path).Select(document => document.Contents)
            .Concat(BeirCollection.ReadQueries(path).Select(query => query.Text))
        : JsonLines.Read(path).Select(record => record.Required("text"));

    /// <summary>Streams the paragraphs, that is lines, of a folder's or file's texts.</summary>
    public static IEnumerable<string> ReadParagraphs(string path) =>
        Read(path).SelectMany(text => text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}
