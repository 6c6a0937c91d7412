namespace LuceneLsr.Evaluation.Collections;

/// <summary>Reads JSONL files: one JSON object a line.</summary>
public static class JsonLines
{
    /// <summary>Streams the objects of a file in its order; blank lines are passed over.</summary>
    /// <param name="path">
    /// A .jsonl or .jsonl.gz file; where only <paramref name="path"/> + ".gz" exists, that one is read.
    /// </param>
    /// <exception cref="FileNotFoundException">Neither exists.</exception>
    /// <exception cref="InvalidDataException">While enumerating: a line holds no JSON object.</exception>
    public static IEnumerable<JsonRecord> Read(string path) => TextLines.Read(path).Select(JsonRecord.Parse);
}
