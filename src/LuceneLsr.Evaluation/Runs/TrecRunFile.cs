using System.Globalization;

namespace LuceneLsr.Evaluation.Runs;

/// <summary>
/// Writes a run for trec_eval, one line per retrieved document: query id, "Q0", document id, rank from 1, score and the
/// name of the run, separated by spaces (https://github.com/usnistgov/trec_eval).
/// </summary>
/// <remarks>trec_eval breaks ties by its own rule, so its metrics may differ if a ranking has ties.</remarks>
public static class TrecRunFile
{
    /// <summary>Writes all rankings of a run.</summary>
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
            foreach (var (index, (documentId, score)) in run.GetRanking(queryId).Index())
            {
                writer.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{CheckColumn(queryId)} Q0 {CheckColumn(documentId)} {index + 1} {score} {CheckColumn(name)}"));
            }
        }
    }

    private static string CheckColumn(string value) => value.Length > 0 && !value.Any(char.IsWhiteSpace)
        ? value
        : throw new ArgumentException(
            $"'{value}' is empty or contains white space. Run files do not allow such names and ids.", nameof(value));
}
