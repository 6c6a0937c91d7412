using System.Globalization;
using LuceneLsr.Evaluation.Collections;
using LuceneLsr.Files;

namespace LuceneLsr.Training.Data;

/// <summary>
/// Reads a teacher's scores: query id, document id and score between tabs, as cross-encoders' scores are passed around.
/// A first line whose last field is "score" is a header.
/// </summary>
internal static class ScoreFile
{
    /// <summary>The score of each document by query; those of queries that are not asked for are left out.</summary>
    /// <param name="path">The file, which may be compressed (.gz).</param>
    /// <param name="queryIds">The queries asked for.</param>
    /// <param name="documentIds">The documents that there are.</param>
    /// <exception cref="InvalidDataException">
    /// A line is malformed, names an unknown document or repeats a pair.
    /// </exception>
    public static IReadOnlyDictionary<string, Dictionary<string, float>> Read(
        string path, IEnumerable<string> queryIds, HashSet<string> documentIds)
    {
        var scores = queryIds.ToDictionary(
            id => id, _ => new Dictionary<string, float>(StringComparer.Ordinal), StringComparer.Ordinal);
        foreach (var line in TextLines.Read(path).Where(line => !IsHeader(line)))
        {
            var fields = TabbedFields.Parse(line, "query id", "document id", "score");
            var score = ParseScore(line, fields[2]);
            if (scores.TryGetValue(fields[0], out var ofQuery))
            {
                // The corpus's own string, lest each line keep another.
                if (!documentIds.TryGetValue(fields[1], out var documentId))
                {
                    throw line.CreateError($"document '{fields[1]}' is not in corpus.jsonl; add it there or drop the line.");
                }

                if (!ofQuery.TryAdd(documentId, score))
                {
                    throw line.CreateError(
                        $"document '{documentId}' is scored twice for query '{fields[0]}'; keep one score.");
                }
            }
        }

        return scores;
    }

    private static bool IsHeader(TextLine line) =>
        line.Number == 1 && line.Text.EndsWith("\tscore", StringComparison.Ordinal);

    private static float ParseScore(TextLine line, string text) =>
        float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var score) && float.IsFinite(score)
            ? score
            : throw line.CreateError($"score '{text}' is no finite number; correct it.");
}
