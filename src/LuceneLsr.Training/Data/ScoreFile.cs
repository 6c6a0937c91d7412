using System.Globalization;
using LuceneLsr.Files;

namespace LuceneLsr.Training.Data;

/// <summary>
/// Reads the scores of a teacher: query id, document id and score, separated by tabs, as published for cross-encoders.
/// A first line whose last field is "score" is a header.
/// </summary>
internal static class ScoreFile
{
    /// <summary>Reads the scores of queries. Scores of other queries are skipped.</summary>
    /// <param name="path">The file, which may be compressed (.gz).</param>
    /// <param name="queryIds">The ids of the queries.</param>
    /// <param name="documentIds">The ids of all documents of the corpus.</param>
    /// <returns>The score of each document, by query id and document id.</returns>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="InvalidDataException">
    /// A line is malformed, names an unknown document, or repeats a pair.
    /// </exception>
    public static IReadOnlyDictionary<string, Dictionary<string, float>> Read(
        string path, IEnumerable<string> queryIds, HashSet<string> documentIds)
    {
        var scores = queryIds.ToDictionary(
            id => id, _ => new Dictionary<string, float>(StringComparer.Ordinal), StringComparer.Ordinal);
        foreach (var line in TextLines.Read(path).Where(line => !IsHeader(line)))
        {
            var fields = TabSeparatedFields.Parse(line, "query id", "document id", "score");
            var score = ParseScore(line, fields[2]);
            if (!scores.TryGetValue(fields[0], out var scoresOfQuery))
            {
                continue;
            }

            // Use the string of the corpus, so that the strings of the lines are not kept.
            if (!documentIds.TryGetValue(fields[1], out var documentId))
            {
                throw line.CreateError($"document '{fields[1]}' is not in corpus.jsonl. Add it, or remove the line.");
            }

            if (!scoresOfQuery.TryAdd(documentId, score))
            {
                throw line.CreateError(
                    $"duplicate score of document '{documentId}' for query '{fields[0]}'. Keep one score.");
            }
        }

        return scores;
    }

    private static bool IsHeader(TextLine line) =>
        line.Number == 1 && line.Text.EndsWith("\tscore", StringComparison.Ordinal);

    private static float ParseScore(TextLine line, string text) =>
        float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var score) && float.IsFinite(score)
            ? score
            : throw line.CreateError($"score '{text}' is not a finite number.");
}
