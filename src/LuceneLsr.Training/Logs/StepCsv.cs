using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using LuceneLsr.Files;
using LuceneLsr.Training.Runs;

namespace LuceneLsr.Training.Logs;

/// <summary>
/// A CSV file of steps: a header of "step,source" and the names of the figures, then a row per step. NaN is written as
/// an empty field.
/// </summary>
internal sealed class StepCsv : IDisposable
{
    private const int FirstFigureColumn = 2;

    private static readonly CsvConfiguration Format = new(CultureInfo.InvariantCulture)
    {
        NewLine = "\n",
        BadDataFound = null, // detected by the number of fields
    };

    private readonly CsvWriter _writer;

    private StepCsv(Stream stream, bool leaveOpen = false) =>
        _writer = new CsvWriter(new StreamWriter(stream, leaveOpen: leaveOpen), Format);

    /// <summary>Opens a file to append steps to, or creates it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="figures">The names of the figures to write.</param>
    /// <param name="stepsTaken">The last step to keep; rows of later steps are dropped.</param>
    /// <exception cref="InvalidDataException">
    /// The file is corrupt, or the steps to keep have different figures. The file is not changed.
    /// </exception>
    public static StepCsv Open(string path, IReadOnlyList<string> figures, int stepsTaken)
    {
        TrainingStep[] kept = stepsTaken > 0 ? [.. Read(path).TakeWhile(step => step.Step <= stepsTaken)] : [];
        ThrowIfFiguresDiffer(path, kept, figures);
        AtomicFile.Write(path, stream =>
        {
            using var csv = new StepCsv(stream, leaveOpen: true);
            csv.WriteRow(["step", "source", .. figures]);
            foreach (var step in kept)
            {
                csv.Write(step);
            }
        });
        return new StepCsv(new FileStream(path, FileMode.Append));
    }

    /// <summary>Reads the complete rows of a file; returns none if it does not exist.</summary>
    /// <exception cref="InvalidDataException">A row is malformed.</exception>
    public static IReadOnlyList<TrainingStep> Read(string path)
    {
        var text = File.Exists(path) ? File.ReadAllText(path) : "";
        var complete = text[..(text.LastIndexOf('\n') + 1)]; // a killed run may leave an incomplete last line
        using var parser = new CsvParser(new StringReader(complete), Format);
        var columns = parser.Read() ? parser.Record! : [];
        var steps = new List<TrainingStep>();
        while (parser.Read())
        {
            steps.Add(ParseStep(columns, parser.Record!) ?? throw new InvalidDataException(
                $"{path}, line {parser.RawRow}: expected a step number, {string.Join(", ", columns.Skip(1))}. "
                + "Delete the line or the file."));
        }

        return steps;
    }

    /// <summary>Appends a row and flushes it.</summary>
    public void Write(TrainingStep step) => WriteRow(
    [
        step.Step.ToString(CultureInfo.InvariantCulture), step.Source,
        .. step.Figures.Select(figure => FormatValue(figure.Value)),
    ]);

    /// <inheritdoc/>
    public void Dispose() => _writer.Dispose();

    private static void ThrowIfFiguresDiffer(string path, TrainingStep[] kept, IReadOnlyList<string> figures)
    {
        if (kept is [var first, ..] && !first.Figures.Select(figure => figure.Name).SequenceEqual(figures))
        {
            throw new InvalidDataException(
                $"{path}: has the figures {string.Join(", ", first.Figures.Select(figure => figure.Name))}, but this "
                + $"run logs {string.Join(", ", figures)}. Resume with the recipe that the run was started with, or "
                + "move the file away.");
        }
    }

    private static TrainingStep? ParseStep(string[] columns, string[] fields)
    {
        if (fields.Length != columns.Length || fields.Length < FirstFigureColumn
            || !int.TryParse(fields[0], NumberStyles.None, CultureInfo.InvariantCulture, out var step))
        {
            return null;
        }

        double?[] values = [.. fields.Skip(FirstFigureColumn).Select(ParseValue)];
        return values.Contains(null)
            ? null
            : new(
                step, fields[1],
                [.. columns.Skip(FirstFigureColumn).Zip(values, (name, value) => (name, value!.Value))]);
    }

    private static double? ParseValue(string field) =>
        field.Length == 0 ? double.NaN
        : double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value
        : null;

    private static string FormatValue(double value) =>
        double.IsNaN(value) ? "" : value.ToString("G6", CultureInfo.InvariantCulture);

    private void WriteRow(IEnumerable<string> fields)
    {
        foreach (var field in fields)
        {
            _writer.WriteField(field);
        }

        _writer.NextRecord();
        _writer.Flush();
    }
}
