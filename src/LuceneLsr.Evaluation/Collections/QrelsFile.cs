using System.Globalization;
using LuceneLsr.Files;

namespace LuceneLsr.Evaluation.Collections;

/// <summary>
/// Reads the judgments of a BEIR collection: a header line, then query id, document id and grade between tabs.
/// </summary>
internal static class QrelsFile
{
    private const string Header = "query-id\tcorpus-id\tscore";

    /// <summary>Reads judgments of the given queries and documents.</summary>
    /// <exception cref="InvalidDataException">A line is malformed, has an unknown id or is a duplicate.</exception>
    public static Qrels Read(string path, IReadOnlySet<string> queryIds, IReadOnlySet<string> documentIds)
    {
        var judgments = new Dictionary<(string QueryId, string DocumentId), Judgment>();
        foreach (var line in ReadJudgments(path))
        {
            var judgment = Parse(line);
            RequireKnown(line, "query", judgment.QueryId, queryIds, "queries.jsonl");
            RequireKnown(line, "document", judgment.DocumentId, documentIds, "corpus.jsonl");
            if (!judgments.TryAdd((judgment.QueryId, judgment.DocumentId), judgment))
            {
                throw line.CreateError(
                    $"duplicate judgment of document '{judgment.DocumentId}' for query '{judgment.QueryId}'. "
                    + "Keep one of them.");
            }
        }

        return judgments.Count > 0
            ? new Qrels(judgments.Values)
            : throw new InvalidDataException(
                $"{path}: no judgments. Add judgments after the header, or use another split.");
    }

    private static IEnumerable<TextLine> ReadJudgments(string path)
    {
        var isHeader = true;
        foreach (var line in TextLines.Read(path))
        {
            if (!isHeader)
            {
                yield return line;
            }
            else if (line.Text != Header)
            {
                // Skipping the first line of a file without a header would lose a judgment.
                throw line.CreateError(
                    "expected the header 'query-id<TAB>corpus-id<TAB>score'. Add it as the first line.");
            }

            isHeader = false;
        }
    }

    private static Judgment Parse(TextLine line)
    {
        if (line.Text.Split('\t') is not [var queryId, var documentId, var score])
        {
            throw line.CreateError("expected query id, document id and score, separated by two tabs.");
        }

        return int.TryParse(score, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var grade)
            ? new Judgment(queryId, documentId, grade)
            : throw line.CreateError($"score '{score}' is not an integer.");
    }

    private static void RequireKnown(TextLine line, string kind, string id, IReadOnlySet<string> known, string file)
    {
        if (!known.Contains(id))
        {
            throw line.CreateError($"{kind} '{id}' is not in {file}. Add it there, or remove this judgment.");
        }
    }
}
