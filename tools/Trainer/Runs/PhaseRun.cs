using LuceneLsr.Evaluation.Runs;
using LuceneLsr.Tools.Trainer.Logs;
using LuceneLsr.Torch;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Torch.Checkpoints.Adapters;
using LuceneLsr.Training.Data;
using LuceneLsr.Training.Logs;
using LuceneLsr.Training.Recipes;
using LuceneLsr.Training.Runs;
using LuceneLsr.Training.Tasks;
using Spectre.Console;
using TorchSharp;

namespace LuceneLsr.Tools.Trainer.Runs;

/// <summary>
/// Runs a phase in a directory, from its start or from its latest snapshot, and leaves its checkpoint there.
/// </summary>
internal static class PhaseRun
{
    private const string AdapterDirectory = "adapter";

    /// <summary>Where a run keeps a checkpoint of its own to start from.</summary>
    public static string StartDirectory(string directory) => Path.Combine(directory, "start");

    /// <summary>
    /// Removes <see cref="StartDirectory"/>, unless a run is to be resumed from it or an adapter has it as its base.
    /// </summary>
    public static void ClearUp(string directory)
    {
        var start = StartDirectory(directory);
        var isNeeded = RunSettings.IsIn(directory) || Directory.Exists(Path.Combine(directory, AdapterDirectory));
        if (!isNeeded && Directory.Exists(start))
        {
            Directory.Delete(start, recursive: true);
        }
    }

    /// <summary>Goes on with a run, of whichever phase it is.</summary>
    /// <param name="directory">The run's directory.</param>
    /// <param name="device">Where the model runs; as before if null.</param>
    /// <param name="cancellationToken">Stops it after a step.</param>
    public static void Resume(string directory, string? device, CancellationToken cancellationToken)
    {
        var stored = RunSettings.Load(directory);
        var settings = stored with { Device = device ?? stored.Device };
        var path = RunRecords.Recipe(directory, settings.Phase);
        Run(
            directory,
            settings,
            settings.Phase == TrainingPhase.Training
                ? RecipeFile.Load<ContrastiveRecipe>(path)
                : RecipeFile.Load<LanguageModelRecipe>(path),
            cancellationToken);
        ClearUp(directory);
    }

    /// <summary>
    /// Begins a run in a directory, or goes on with it; nothing is left there where its data cannot be read.
    /// </summary>
    public static void Run(
        string directory, RunSettings settings, RunRecipe recipe, CancellationToken cancellationToken)
    {
        if (recipe.Lora is not null && LoraConfig.Find(settings.From) is not null)
        {
            throw new InvalidDataException(
                $"{settings.From} is an adapter, to which no other can be added: leave lora out, or merge it into its "
                + "base first (lsr-search quantize --precision Float32).");
        }

        using var run = new RunDirectory(directory);
        var device = Devices.Parse(settings.Device);
        using var checkpoint = Checkpoint.Load(settings.From, device: device);
        if (recipe is ContrastiveRecipe contrastive)
        {
            using var sampler = AnsiConsole.Status().Start(
                "Reading pairs, indexing hard negatives", _ => new BatchSampler(contrastive, settings.Data));
            using var task = new ContrastiveTask(checkpoint, contrastive, sampler, device);
            task.Load(settings.From);
            Take(run, settings, checkpoint, recipe, task, device, cancellationToken);
        }
        else
        {
            var language = (LanguageModelRecipe)recipe;
            using var task = new LanguageModelTask(
                checkpoint, language, () => TextFiles.ReadAll(settings.Data, language.Texts), device);
            Take(run, settings, checkpoint, recipe, task, device, cancellationToken);
        }
    }

    private static void Take(
        RunDirectory directory, RunSettings settings, Checkpoint checkpoint, RunRecipe recipe, ITrainingTask task,
        torch.Device device, CancellationToken cancellationToken)
    {
        using var training = new TrainingRun(checkpoint, recipe, task, device);
        var isNew = !RunSettings.IsIn(directory.Path);
        settings.Save(directory.Path, recipe);
        if (directory.LatestSnapshot is { } snapshot)
        {
            training.Load(snapshot);
        }

        try
        {
            using var log = new RunLog(directory.Path, settings.Phase.Name(), training.Steps);
            StepProgress.Run(
                settings.Phase.ToString(), recipe.Steps, training.Steps, training.Run(cancellationToken), step =>
                {
                    log.Write(step);
                    if (step.Step % recipe.SaveEvery == 0 || step.Step == recipe.Steps)
                    {
                        Save();
                    }
                });
        }
        catch (OperationCanceledException)
        {
            Save();
            AnsiConsole.MarkupLineInterpolated(
                $"Stopped after step {training.Steps:N0}; go on with [bold]lsr-train resume {directory.Path}[/].");
            throw;
        }
        catch when (isNew && training.Steps == 0)
        {
            settings.Withdraw(directory.Path);
            throw;
        }

        Finish(directory, settings, checkpoint, recipe, training);

        void Save() => directory.WriteSnapshot(training.Steps, path => training.Save(settings.From, path));
    }

    private static void Finish(
        RunDirectory directory, RunSettings settings, Checkpoint checkpoint, RunRecipe recipe, TrainingRun training)
    {
        training.SaveCheckpoint(settings.From, directory.Path);
        if (recipe.Lora is { } lora)
        {
            var adapter = Path.Combine(directory.Path, AdapterDirectory);
            var config = new LoraConfig
            {
                Rank = lora.Rank,
                Alpha = lora.Alpha,
                BaseModel = Path.GetRelativePath(adapter, settings.From), // so that both may move together
            };
            using var scope = torch.NewDisposeScope();
            new LoraAdapter(config, checkpoint.Model.LoraFactors()).Save(adapter);
        }

        RunRecords.Copy(settings.From, directory.Path);
        RunSettings.Remove(directory.Path);
        directory.RemoveSnapshots();
        RunReport.Write(directory.Path, settings.Phase.Name());
        AnsiConsole.MarkupLineInterpolated($"Wrote [bold]{directory.Path}[/].");
    }
}
