using LuceneLsr.Training.Runs;
using TorchSharp.Modules;
using static TorchSharp.torch.utils;

namespace LuceneLsr.Training.Logs;

/// <summary>
/// Logs the steps of a run to a CSV file (<c>PHASE-log.csv</c>) and to TensorBoard
/// (<c>tensorboard --logdir DIRECTORY/tensorboard</c>). Every step is on disk when <see cref="Write"/> returns, so a
/// killed run keeps its log.
/// </summary>
internal sealed class RunLog : IDisposable
{
    private readonly string _directory;
    private readonly string _phase;
    private readonly int _stepsTaken;

    private StepCsv? _csv;
    private SummaryWriter? _events;

    /// <summary>Creates the log; files are written with the first step.</summary>
    /// <param name="directory">The run's directory.</param>
    /// <param name="phase">The phase's name, which names the files and prefixes the scalars.</param>
    /// <param name="stepsTaken">
    /// The number of steps that the run has already taken. Their rows are kept; rows of later steps, which the run will
    /// take again, are dropped.
    /// </param>
    public RunLog(string directory, string phase, int stepsTaken) =>
        (_directory, _phase, _stepsTaken) = (directory, phase, stepsTaken);

    /// <summary>
    /// Reads the logged steps of a phase. Returns none if there is no log, and ignores an incomplete last row.
    /// </summary>
    /// <exception cref="InvalidDataException">The log is corrupt.</exception>
    public static IReadOnlyList<TrainingStep> Read(string directory, string phase) =>
        StepCsv.Read(GetCsvPath(directory, phase));

    /// <summary>Writes a step.</summary>
    /// <exception cref="InvalidDataException">
    /// The existing log is corrupt or has different figures. It is not changed.
    /// </exception>
    public void Write(TrainingStep step)
    {
        _csv ??= StepCsv.Open(
            GetCsvPath(_directory, _phase), [.. step.Figures.Select(figure => figure.Name)], _stepsTaken);
        _csv.Write(step);
        WriteEvents(step);
    }

    /// <inheritdoc/>
    public void Dispose() => _csv?.Dispose();

    private static string GetCsvPath(string directory, string phase) => Path.Combine(directory, $"{phase}-log.csv");

    // TensorBoard shows the latest values of steps that are written twice.
    private void WriteEvents(TrainingStep step)
    {
        // The writer closes its file after each event.
        _events ??= tensorboard.SummaryWriter(Path.Combine(_directory, "tensorboard", _phase));
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds(); // default: 1970; stored as a float, precise to 2 minutes
        foreach (var (name, value) in step.Figures.Where(figure => !double.IsNaN(figure.Value)))
        {
            _events.add_scalar($"{_phase}/{name}", (float)value, step.Step, now);
        }
    }
}
