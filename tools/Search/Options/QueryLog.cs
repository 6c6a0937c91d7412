using LuceneLsr.Evaluation.Collections;

namespace LuceneLsr.Tools.Search.Options;

/// <summary>Reads the queries of a log.</summary>
internal static class QueryLog
{
    /// <summary>Reads a text file of one query per line; none if it is null. Their ids are the lines: "line 3".</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static IReadOnlyList<BeirQuery> Read(string? path) => path is null ? [] :
    [
        .. File.ReadLines(path).Index().Where(line => !string.IsNullOrWhiteSpace(line.Item))
            .DistinctBy(line => line.Item.Trim(), StringComparer.Ordinal)
            .Select(line => new BeirQuery($"line {line.Index + 1}", line.Item.Trim())),
    ];
}
