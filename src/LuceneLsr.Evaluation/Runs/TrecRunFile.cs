using System.Globalization;
using LuceneLsr.Files;

namespace LuceneLsr.Evaluation.Runs;

/// <summary>
/// Reads and writes runs in the format of trec_eval, one line per retrieved document: query id, "Q0", document id, rank
/// from 1, score and the name of the run, separated by white space (https://github.com/usnistgov/trec_eval).
/// </summary>
/// <remarks>
/// trec_eval ignores the order of the lines and the ranks: it orders documents by score, ties by descending document
/// id. <see cref="Read"/> does the same, and <see cref="Write"/> lowers the scores of ties, so that a written run keeps
/// its order and its metrics in trec_eval.
/// </remarks>
public static class TrecRunFile
{
    private const double MaxScore = float.MaxValue / 2; // scores below it can still be lowered

    /// <summary>Reads a run. Empty lines are ignored.</summary>
    /// <param name="path">
    /// The file. A name that ends in .gz means gzip. If only <paramref name="path"/> + ".gz" exists, that file is read
    /// instead.
    /// </param>
    /// <exception cref="FileNotFoundException">Neither file exists.</exception>
    /// <exception cref="InvalidDataException">
    /// A line is malformed, a query has a document twice, or there are no results. The message names file and line.
    /// </exception>
    public static Run Read(string path)
    {
        var scores = new Dictionary<string, Dictionary<string, double>>(StringComparer.Ordinal);
        foreach (var line in TextLines.Read(path))
        {
            var (queryId, documentId, score) = Parse(line);
            if (!scores.TryGetValue(queryId, out var ranking))
            {
                scores.Add(queryId, ranking = new(StringComparer.Ordinal));
            }

            if (!ranking.TryAdd(documentId, score))
            {
                throw line.CreateError($"duplicate document '{documentId}' of query '{queryId}'. Remove one of them.");
            }
        }

        Require.Data(scores.Count > 0, $"{path}: no results. Name the run of a search engine");
        return new Run(scores.Select(query => KeyValuePair.Create(query.Key, Sort(query.Value))));
    }

    /// <summary>
    /// Writes all rankings of a run. Scores are rounded to a float, as older versions of trec_eval do, and a document
    /// whose score is not below that of the document before gets the next lower float.
    /// </summary>
    /// <param name="writer">The writer.</param>
    /// <param name="run">The run.</param>
    /// <param name="name">The name of the run.</param>
    /// <exception cref="ArgumentException">The name or an id is empty or contains white space.</exception>
    public static void Write(TextWriter writer, Run run, string name)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(run);
        foreach (var queryId in run.QueryIds)
        {
            var previous = float.PositiveInfinity;
            foreach (var (index, (documentId, score)) in run.GetRanking(queryId).Index())
            {
                previous = Math.Min((float)Math.Clamp(score, -MaxScore, MaxScore), MathF.BitDecrement(previous));
                writer.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{CheckColumn(queryId)} Q0 {CheckColumn(documentId)} {index + 1} {previous} {CheckColumn(name)}"));
            }
        }
    }

    private static (string QueryId, string DocumentId, double Score) Parse(TextLine line) =>
        line.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            is [var queryId, _, var documentId, _, var score, _]
            ? (queryId, documentId, ParseScore(line, score))
            : throw line.CreateError(
                "expected six columns separated by white space: query id, Q0, document id, rank, score and run.");

    private static double ParseScore(TextLine line, string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var score) && double.IsFinite(score)
            ? score
            : throw line.CreateError($"score '{text}' is not a finite number.");

    private static IReadOnlyList<ScoredDocument> Sort(Dictionary<string, double> scores) =>
    [
        .. scores.Select(document => new ScoredDocument(document.Key, document.Value))
            .OrderByDescending(document => document.Score)
            .ThenByDescending(document => document.DocumentId, StringComparer.Ordinal),
    ];

    private static string CheckColumn(string value) => value.Length > 0 && !value.Any(char.IsWhiteSpace)
        ? value
        : throw new ArgumentException(
            $"'{value}' is empty or contains white space. Run files do not allow such names and ids.", nameof(value));
}
