using System.Globalization;
using LuceneLsr.Files;

namespace LuceneLsr.Evaluation.Collections;

/// <summary>
/// Reads the judgments of a BEIR collection: a header line, then query id, document id and grade between tabs.
/// </summary>
internal static class QrelsFile
{
    private const string Header = "query-id\tcorpus-id\tscore";

    /// <summary>Reads a file whose judgments may only name the given queries and documents.</summary>
    /// <exception cref="InvalidDataException">A line is malformed, names an unknown id or repeats a pair.</exception>
    public static Qrels Read(string path, IReadOnlySet<string> queryIds, IReadOnlySet<string> documentIds)
    {
        var judgments = new Dictionary<(string QueryId, string DocumentId), Judgment>();
        foreach (var line in WithoutHeader(path))
        {
            var judgment = Parse(line);
            RequireKnown(line, "query", judgment.QueryId, queryIds, "queries.jsonl");
            RequireKnown(line, "document", judgment.DocumentId, documentIds, "corpus.jsonl");
            if (!judgments.TryAdd((judgment.QueryId, judgment.DocumentId), judgment))
            {
                throw line.CreateError($"document '{judgment.DocumentId}' is judged twice for query '{judgment.QueryId}';"
                    + " keep one judgment.");
            }
        }

        return judgments.Count > 0
            ? new Qrels(judgments.Values)
            : throw new InvalidDataException($"{path}: no judgment follows the header; add some or use another split.");
    }

    private static IEnumerable<TextLine> WithoutHeader(string path)
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
                // Silently skipping the first line would lose a judgment of a file without a header.
                throw line.CreateError("the header 'query-id<TAB>corpus-id<TAB>score' is expected; put it first.");
            }

            isHeader = false;
        }
    }

    private static Judgment Parse(TextLine line)
    {
        if (line.Text.Split('\t') is not [var queryId, var documentId, var score])
        {
            throw line.CreateError("query id, document id and score are expected, separated by two tabs.");
        }

        return int.TryParse(score, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var grade)
            ? new Judgment(queryId, documentId, grade)
            : throw line.CreateError($"score '{score}' is no whole number; correct it.");
    }

    private static void RequireKnown(TextLine line, string kind, string id, IReadOnlySet<string> known, string file)
    {
        if (!known.Contains(id))
        {
            throw line.CreateError($"{kind} '{id}' is not in {file}; add it there or drop this judgment.");
        }
    }
}
