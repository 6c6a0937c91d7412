using System.Globalization;

namespace LuceneLsr.Evaluation.Runs;

/// <summary>
/// Writes a run for trec_eval: a line for each retrieved document with query id, "Q0", document id, rank from 1, score
/// and the name of the run, separated by blanks (https://github.com/usnistgov/trec_eval).
/// </summary>
/// <remarks>trec_eval orders equal scores by its own rule, so its figures may differ where there are any.</remarks>
public static class TrecRunFile
{
    /// <summary>Writes all rankings of a run.</summary>
    /// <param name="writer">Takes the lines.</param>
    /// <param name="run">The run.</param>
    /// <param name="name">Names the run.</param>
    /// <exception cref="ArgumentException">The name or an id is empty or holds white space.</exception>
    public static void Write(TextWriter writer, Run run, string name)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(run);
        foreach (var queryId in run.QueryIds)
        {
            foreach (var (index, (documentId, score)) in run.Ranking(queryId).Index())
            {
                writer.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Column(queryId)} Q0 {Column(documentId)} {index + 1} {score} {Column(name)}"));
            }
        }
    }

    private static string Column(string value) => value.Length > 0 && !value.Any(char.IsWhiteSpace)
        ? value
        : throw new ArgumentException($"'{value}' is empty or holds white space; rename it.", nameof(value));
}
