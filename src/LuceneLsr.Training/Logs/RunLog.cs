using LuceneLsr.Training.Runs;
using TorchSharp.Modules;
using static TorchSharp.torch.utils;

namespace LuceneLsr.Training.Logs;

/// <summary>
/// Writes the steps of a run as they are taken, so that a killed run keeps them: as rows of a CSV file, and as scalars
/// of TensorBoard (<c>tensorboard --logdir DIRECTORY/tensorboard</c>).
/// </summary>
public sealed class RunLog : IDisposable
{
    private readonly string _directory;
    private readonly string _phase;
    private readonly int _stepsTaken;

    private StepCsv? _csv;
    private SummaryWriter? _events;

    /// <summary>Prepares the log; files are written with the first step.</summary>
    /// <param name="directory">The run's directory.</param>
    /// <param name="phase">The phase's name, by which the files and the scalars are called.</param>
    /// <param name="stepsTaken">
    /// Steps that the run has taken already, whose rows are kept; later ones, which it will take again, are not.
    /// </param>
    public RunLog(string directory, string phase, int stepsTaken)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        ArgumentException.ThrowIfNullOrEmpty(phase);
        ArgumentOutOfRangeException.ThrowIfNegative(stepsTaken);
        (_directory, _phase, _stepsTaken) = (directory, phase, stepsTaken);
    }

    /// <summary>
    /// The steps that a phase has logged, none if it has no log. A last row that a killed run has torn is not among
    /// them.
    /// </summary>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public static IReadOnlyList<TrainingStep> Read(string directory, string phase) =>
        StepCsv.Read(PathOf(directory, phase));

    /// <summary>Writes a step.</summary>
    /// <exception cref="InvalidDataException">
    /// The rows that are kept have other figures, or their file is damaged; it is as it was.
    /// </exception>
    public void Write(TrainingStep step)
    {
        ArgumentNullException.ThrowIfNull(step);
        _csv ??= StepCsv.Open(PathOf(_directory, _phase), [.. step.Figures.Select(figure => figure.Name)], _stepsTaken);
        _csv.Write(step);
        WriteEvents(step);
    }

    /// <inheritdoc/>
    public void Dispose() => _csv?.Dispose();

    private static string PathOf(string directory, string phase) => Path.Combine(directory, $"{phase}-log.csv");

    // Of steps that are taken again, TensorBoard shows those that are written last.
    private void WriteEvents(TrainingStep step)
    {
        // It closes its file after each event.
        _events ??= tensorboard.SummaryWriter(Path.Combine(_directory, "tensorboard", _phase));
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds(); // by default 1970; as a float, right to two minutes
        foreach (var (name, value) in step.Figures.Where(figure => !double.IsNaN(figure.Value)))
        {
            _events.add_scalar($"{_phase}/{name}", (float)value, step.Step, now);
        }
    }
}
