using System.CommandLine;
using LuceneLsr.Tools.Common;
using LuceneLsr.Tools.Trainer.Logs;
using LuceneLsr.Tools.Trainer.Options;
using LuceneLsr.Torch;
using LuceneLsr.Training.Phases;
using LuceneLsr.Training.Recipes;
using Spectre.Console;

namespace LuceneLsr.Tools.Trainer.Commands;

/// <summary>Runs a phase with progress and a report on the console.</summary>
internal static class PhaseProgram
{
    /// <summary>Runs a phase in a new directory.</summary>
    /// <param name="options">The command's options.</param>
    /// <param name="parsed">The command line.</param>
    /// <param name="phase">The phase.</param>
    /// <param name="getStart">
    /// Returns the checkpoint directory to start from, given the recipe and the run's directory; may create it.
    /// </param>
    /// <param name="cancellationToken">Stops the run after a step.</param>
    public static void Run<TRecipe>(
        RunOptions options, ParseResult parsed, TrainingPhase phase, Func<TRecipe, string, string> getStart,
        CancellationToken cancellationToken)
        where TRecipe : RunRecipe
    {
        options.ApplyThreads(parsed);
        var recipe = options.LoadRecipe<TRecipe>(parsed);
        Devices.Parse(options.GetDevice(parsed)); // fail before anything is written
        RunSettings.ThrowIfUnfinished(options.GetOutput(parsed));
        var directory = CreateDirectory(options.GetOutput(parsed), phase);
        try
        {
            var from = GetStart(() => getStart(recipe, directory), directory);
            var settings = new RunSettings(phase, from, options.GetData(parsed), options.GetDevice(parsed));
            Run(() => PhaseRun.Open(directory, settings, recipe), cancellationToken);
        }
        finally
        {
            StartCheckpoint.DeleteUnlessNeeded(directory);
        }
    }

    /// <summary>Resumes a run.</summary>
    /// <param name="directory">The run's directory.</param>
    /// <param name="device">The device to train on; null uses the same as before.</param>
    /// <param name="cancellationToken">Stops the run after a step.</param>
    public static void Resume(string directory, string? device, CancellationToken cancellationToken)
    {
        Run(() => PhaseRun.Resume(directory, device), cancellationToken);
        StartCheckpoint.DeleteUnlessNeeded(directory);
    }

    // A run that was killed before it can be resumed leaves a lock and more. A directory "start" without a lock is the
    // user's. Writing the lock fails if another process holds it.
    private static string CreateDirectory(string path, TrainingPhase phase)
    {
        var isLeftBehind = File.Exists(Path.Combine(path, RunSettings.LockFileName));
        var directory = NewDirectory.Create(
            path, isLeftBehind ? [.. RunSettings.GetLeftovers(phase)] : []);
        File.WriteAllText(Path.Combine(directory, RunSettings.LockFileName), "");
        StartCheckpoint.DeleteUnlessNeeded(directory);
        return directory;
    }

    private static string GetStart(Func<string> getStart, string directory)
    {
        try
        {
            return Path.GetFullPath(getStart());
        }
        catch
        {
            File.Delete(Path.Combine(directory, RunSettings.LockFileName));
            throw;
        }
    }

    private static void Run(Func<PhaseRun> open, CancellationToken cancellationToken)
    {
        using var run = AnsiConsole.Status().Start("Reading the model and its training data", _ => open());
        try
        {
            StepProgress.Run(
                run.Phase.ToString(), run.Steps, run.StepsTaken, onStep => run.Run(onStep, cancellationToken));
        }
        catch (OperationCanceledException)
        {
            AnsiConsole.MarkupLineInterpolated(
                $"Stopped after step {run.StepsTaken:N0}. Resume with [bold]lsr-train resume {run.Directory}[/].");
            throw;
        }

        RunReport.Write(run);
        AnsiConsole.MarkupLineInterpolated($"Wrote [bold]{run.Directory}[/].");
    }
}
