using System.Diagnostics;
using LuceneLsr.Torch;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Training.Logs;
using LuceneLsr.Training.Recipes;
using LuceneLsr.Training.Runs;

namespace LuceneLsr.Training.Phases;

/// <summary>
/// Runs a phase in a directory, from its start or from its latest snapshot: logs the steps, writes snapshots, and
/// leaves the trained checkpoint in the directory.
/// </summary>
public sealed class PhaseRun : IDisposable
{
    private readonly RunDirectory _directory;
    private readonly RunSettings _settings;
    private readonly RunRecipe _recipe;
    private readonly Checkpoint _checkpoint;
    private readonly TrainingRun _training;
    private readonly bool _isNew;

    private PhaseRun(
        RunDirectory directory, RunSettings settings, RunRecipe recipe, Checkpoint checkpoint, TrainingRun training)
    {
        (_directory, _settings, _recipe, _checkpoint, _training) = (directory, settings, recipe, checkpoint, training);
        _isNew = !RunSettings.ExistIn(directory.FullPath);
    }

    /// <summary>Gets the absolute path of the run's directory.</summary>
    public string Directory => _directory.FullPath;

    /// <summary>Gets the phase.</summary>
    public TrainingPhase Phase => _settings.Phase;

    /// <summary>Gets the phase's name in file names and logs.</summary>
    public string PhaseName => Phase.GetName();

    /// <summary>Gets the number of steps in the run.</summary>
    public int Steps => _recipe.Steps;

    /// <summary>Gets the number of steps taken, including those before the run was resumed.</summary>
    public int StepsTaken => _training.StepsTaken;

    /// <summary>
    /// Opens a run in a directory, at its latest snapshot if there is one. Nothing is written if the data cannot be
    /// read.
    /// </summary>
    /// <param name="directory">An existing directory.</param>
    /// <param name="settings">The settings.</param>
    /// <param name="recipe">The recipe.</param>
    /// <exception cref="InvalidDataException">
    /// The data or a snapshot is malformed, or the recipe does not fit the checkpoint or its data.
    /// </exception>
    /// <exception cref="IOException">Another process runs in the directory.</exception>
    public static PhaseRun Open(string directory, RunSettings settings, RunRecipe recipe)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(recipe);
        RunAdapter.ThrowIfStacked(recipe, settings.From);
        var parts = new Stack<IDisposable>();
        try
        {
            var locked = Own(parts, new RunDirectory(directory));
            var device = Devices.Parse(settings.Device);
            var checkpoint = Own(parts, Checkpoint.Load(settings.From, device: device));
            var training = Own(parts, TrainingRun.Open(checkpoint, recipe, settings.Data, device));
            training.LoadQueryTable(settings.From);
            var run = new PhaseRun(locked, settings, recipe, checkpoint, training);
            run.Start();
            return run;
        }
        catch
        {
            DisposeAll(parts);
            throw;
        }
    }

    /// <summary>Opens an unfinished run with its stored settings and recipe.</summary>
    /// <param name="directory">The run's directory.</param>
    /// <param name="device">The device to train on; null uses the same as before.</param>
    /// <exception cref="InvalidDataException">
    /// The directory contains no unfinished run, or one of its files is malformed.
    /// </exception>
    /// <exception cref="IOException">Another process runs in the directory.</exception>
    public static PhaseRun Resume(string directory, string? device = null)
    {
        var stored = RunSettings.Load(directory);
        return Open(
            directory, stored with { Device = device ?? stored.Device }, LoadRecipe(directory, stored.Phase));
    }

    /// <summary>Takes the remaining steps and writes the trained checkpoint.</summary>
    /// <param name="onStep">Called after each step.</param>
    /// <param name="cancellationToken">Checked before each step; a canceled run leaves a snapshot.</param>
    /// <exception cref="OperationCanceledException">The run was canceled and can be resumed.</exception>
    /// <exception cref="Tasks.TrainingCollapseException">The run cannot continue.</exception>
    public void Run(Action<TrainingStep>? onStep = null, CancellationToken cancellationToken = default)
    {
        try
        {
            TakeSteps(onStep, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            SaveSnapshot();
            throw;
        }
        catch when (_isNew && StepsTaken == 0)
        {
            _settings.DeleteWithRecipe(Directory);
            throw;
        }

        Finish();
    }

    /// <summary>Reads the logged steps of the run's phase.</summary>
    /// <exception cref="InvalidDataException">The log is corrupt.</exception>
    public IReadOnlyList<TrainingStep> ReadLog() => RunLog.Read(Directory, PhaseName);

    /// <inheritdoc/>
    public void Dispose()
    {
        _training.Dispose();
        _checkpoint.Dispose();
        _directory.Dispose();
    }

    private static RunRecipe LoadRecipe(string directory, TrainingPhase phase)
    {
        var path = RunRecords.GetRecipePath(directory, phase);
        return phase switch
        {
            TrainingPhase.Pretraining or TrainingPhase.Adaptation => RecipeFile.Load<LanguageModelRecipe>(path),
            TrainingPhase.Training => RecipeFile.Load<ContrastiveRecipe>(path),
            _ => throw new UnreachableException($"Unknown phase: {phase}."),
        };
    }

    private void Start()
    {
        _settings.Save(Directory, _recipe);
        if (_directory.LatestSnapshot is { } snapshot)
        {
            _training.LoadSnapshot(snapshot);
        }
    }

    private void TakeSteps(Action<TrainingStep>? onStep, CancellationToken cancellationToken)
    {
        using var log = new RunLog(Directory, PhaseName, StepsTaken);
        foreach (var step in _training.TakeSteps(cancellationToken))
        {
            log.Write(step);
            if (step.Step % _recipe.SaveEvery == 0 || step.Step == Steps)
            {
                SaveSnapshot();
            }

            onStep?.Invoke(step);
        }
    }

    private void SaveSnapshot() =>
        _directory.WriteSnapshot(StepsTaken, path => _training.SaveSnapshot(_settings.From, path));

    private void Finish()
    {
        _training.SaveCheckpoint(_settings.From, Directory);
        if (_recipe.Lora is { } lora)
        {
            RunAdapter.Save(Directory, _settings.From, lora, _checkpoint.Model);
        }

        RunRecords.Copy(_settings.From, Directory);
        RunSettings.Delete(Directory);
        _directory.DeleteSnapshots();
    }

    private static T Own<T>(Stack<IDisposable> parts, T part)
        where T : IDisposable
    {
        parts.Push(part);
        return part;
    }

    private static void DisposeAll(Stack<IDisposable> parts)
    {
        while (parts.TryPop(out var part))
        {
            part.Dispose();
        }
    }
}
