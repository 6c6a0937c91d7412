using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using LuceneLsr.Files;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Training.Runs;

namespace LuceneLsr.Training.Logs;

/// <summary>
/// Steps as a CSV file: "step,source" and the figures' names, then a row a step. A figure that is no number is empty.
/// </summary>
internal sealed class StepCsv : IDisposable
{
    private const int FirstFigure = 2; // column

    private static readonly CsvConfiguration Form = new(CultureInfo.InvariantCulture)
    {
        NewLine = "\n",
        BadDataFound = null, // seen by the number of fields
    };

    private readonly CsvWriter _writer;

    private StepCsv(Stream stream, bool leaveOpen = false) =>
        _writer = new CsvWriter(new StreamWriter(stream, leaveOpen: leaveOpen), Form);

    /// <summary>Opens a file to write steps to, with those that it has up to one; a new file if it has none.</summary>
    /// <param name="path">The file.</param>
    /// <param name="figures">Names of the figures that are to come.</param>
    /// <param name="stepsTaken">The last step that is kept.</param>
    /// <exception cref="InvalidDataException">
    /// The file has other figures in the steps to keep, or is damaged; it is as it was.
    /// </exception>
    public static StepCsv Open(string path, IReadOnlyList<string> figures, int stepsTaken)
    {
        TrainingStep[] kept = stepsTaken > 0 ? [.. Read(path).TakeWhile(step => step.Step <= stepsTaken)] : [];
        RequireSame(path, kept, figures);
        AtomicFile.Write(path, stream =>
        {
            using var aside = new StepCsv(stream, leaveOpen: true);
            aside.WriteRow(["step", "source", .. figures]);
            foreach (var step in kept)
            {
                aside.Write(step);
            }
        });
        return new StepCsv(new FileStream(path, FileMode.Append));
    }

    /// <summary>The whole rows of a file; none if it is not there.</summary>
    /// <exception cref="InvalidDataException">A line cannot be read.</exception>
    public static IReadOnlyList<TrainingStep> Read(string path)
    {
        var text = File.Exists(path) ? File.ReadAllText(path) : "";
        var whole = text[..(text.LastIndexOf('\n') + 1)]; // a killed run may have torn its last line
        using var parser = new CsvParser(new StringReader(whole), Form);
        var columns = parser.Read() ? parser.Record! : [];
        var steps = new List<TrainingStep>();
        while (parser.Read())
        {
            steps.Add(Step(columns, parser.Record!) ?? throw new InvalidDataException(
                $"{path}: line {parser.RawRow} is no step with {string.Join(", ", columns.Skip(1))}: "
                + "remove it, or the file."));
        }

        return steps;
    }

    /// <summary>Adds a row and hands it to the system.</summary>
    public void Write(TrainingStep step) => WriteRow(
    [
        step.Step.ToString(CultureInfo.InvariantCulture), step.Source,
        .. step.Figures.Select(figure => Format(figure.Value)),
    ]);

    /// <inheritdoc/>
    public void Dispose() => _writer.Dispose();

    private static void RequireSame(string path, TrainingStep[] kept, IReadOnlyList<string> figures)
    {
        if (kept is [var first, ..] && !first.Figures.Select(figure => figure.Name).SequenceEqual(figures))
        {
            throw new InvalidDataException(
                $"{path}: was begun with {string.Join(", ", first.Figures.Select(figure => figure.Name))}, and this "
                + $"run has {string.Join(", ", figures)}. Go on with the recipe that it was begun with, or move the "
                + "file away.");
        }
    }

    private static TrainingStep? Step(string[] columns, string[] fields)
    {
        if (fields.Length != columns.Length || fields.Length < FirstFigure
            || !int.TryParse(fields[0], NumberStyles.None, CultureInfo.InvariantCulture, out var step))
        {
            return null;
        }

        double?[] values = [.. fields.Skip(FirstFigure).Select(Parse)];
        return values.Contains(null)
            ? null
            : new(step, fields[1], [.. columns.Skip(FirstFigure).Zip(values, (name, value) => (name, value!.Value))]);
    }

    private static double? Parse(string field) =>
        field.Length == 0 ? double.NaN
        : double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value
        : null;

    private static string Format(double value) =>
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
