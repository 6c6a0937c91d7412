using System.Globalization;
using LuceneLsr.Files;

namespace LuceneLsr.Evaluation.Collections;

/// <summary>
/// Reads judgments in the format of BEIR (a header line, then query id, document id and grade, separated by tabs) or of
/// TREC (no header; query id, an unused column, document id and grade, separated by white space).
/// </summary>
public static class QrelsFile
{
    private const string Header = "query-id\tcorpus-id\tscore";

    /// <summary>Reads judgments. The same judgment may be repeated.</summary>
    /// <param name="path">
    /// The file. If only <paramref name="path"/> + ".gz" exists, that file is read instead.
    /// </param>
    /// <exception cref="FileNotFoundException">Neither file exists.</exception>
    /// <exception cref="InvalidDataException">
    /// A line is malformed, a document has two grades, or there are no judgments. The message names file and line.
    /// </exception>
    public static Qrels Read(string path) => Read(path, (_, _) => { });

    /// <summary>Reads judgments of the given queries. Documents need not be in the collection.</summary>
    /// <exception cref="InvalidDataException">
    /// A line is malformed or has an unknown query, a document has two grades, or no judged document is in the
    /// collection.
    /// </exception>
    internal static Qrels Read(string path, IReadOnlySet<string> queryIds, IReadOnlySet<string> documentIds)
    {
        var qrels = Read(path, (line, judgment) => RequireKnown(line, judgment.QueryId, queryIds));
        Require.Data(
            qrels.QueryIds.Any(queryId => qrels.GetGrades(queryId).Keys.Any(documentIds.Contains)),
            $"{path}: no judged document is in corpus.jsonl. The judgments may belong to another collection");
        return qrels;
    }

    private static Qrels Read(string path, Action<TextLine, Judgment> check)
    {
        var grades = new Dictionary<(string QueryId, string DocumentId), int>();
        foreach (var (line, judgment) in ReadJudgments(path))
        {
            check(line, judgment);
            var pair = (judgment.QueryId, judgment.DocumentId);
            if (!grades.TryAdd(pair, judgment.Grade) && grades[pair] != judgment.Grade)
            {
                throw line.CreateError(
                    $"document '{judgment.DocumentId}' has the grades {grades[pair]} and {judgment.Grade} for query "
                    + $"'{judgment.QueryId}'. Keep one of them.");
            }
        }

        Require.Data(grades.Count > 0, $"{path}: no judgments. Add judgments, or use another split");
        return new Qrels(grades.Select(
            grade => new Judgment(grade.Key.QueryId, grade.Key.DocumentId, grade.Value)));
    }

    private static IEnumerable<(TextLine Line, Judgment Judgment)> ReadJudgments(string path)
    {
        var (isFirst, isBeir) = (true, false);
        foreach (var line in TextLines.Read(path))
        {
            if (isFirst && line.Text == Header)
            {
                isBeir = true;
            }
            else
            {
                yield return (line, isBeir ? ParseBeir(line) : ParseTrec(line));
            }

            isFirst = false;
        }
    }

    private static Judgment ParseBeir(TextLine line) =>
        line.Text.Split('\t') is [var queryId, var documentId, var score]
            ? new Judgment(queryId, documentId, ParseGrade(line, score))
            : throw line.CreateError("expected query id, document id and score, separated by two tabs.");

    private static Judgment ParseTrec(TextLine line) =>
        line.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            is [var queryId, _, var documentId, var score]
            ? new Judgment(queryId, documentId, ParseGrade(line, score))
            : throw line.CreateError(
                "expected the header 'query-id<TAB>corpus-id<TAB>score' in the first line, or the four columns of TREC: "
                + "query id, 0, document id and grade.");

    // Some tools write grades as 1.0.
    private static int ParseGrade(TextLine line, string score) =>
        double.TryParse(score, NumberStyles.Float, CultureInfo.InvariantCulture, out var grade)
        && double.IsInteger(grade) && Math.Abs(grade) <= int.MaxValue
            ? (int)grade
            : throw line.CreateError($"score '{score}' is not an integer.");

    private static void RequireKnown(TextLine line, string id, IReadOnlySet<string> known)
    {
        if (!known.Contains(id))
        {
            throw line.CreateError($"query '{id}' is not in queries.jsonl. Add it there, or remove this judgment.");
        }
    }
}
