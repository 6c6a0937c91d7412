using LuceneLsr.Tools.Trainer.Logs;
using LuceneLsr.Torch;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Torch.Checkpoints.Adapters;
using LuceneLsr.Training.Data;
using LuceneLsr.Training.Recipes;
using LuceneLsr.Training.Runs;
using LuceneLsr.Training.Tasks;
using Spectre.Console;
using TorchSharp;

namespace LuceneLsr.Tools.Trainer.Runs;

/// <summary>Runs a phase in a directory, from its start or from its latest snapshot, and leaves its checkpoint there.</summary>
internal static class PhaseRun
{
    private const string AdapterDirectory = "adapter";

    /// <summary>Where a run keeps a checkpoint of its own to start from, until it is done.</summary>
    public static string StartDirectory(string directory) => Path.Combine(directory, "start");

    /// <summary>Begins a run in an empty directory.</summary>
    public static void Start<TRecipe>(
        string directory, RunSettings settings, TRecipe recipe, CancellationToken cancellationToken)
        where TRecipe : RunRecipe
    {
        settings.Save(directory);
        File.WriteAllText(RunRecords.Recipe(directory, settings.Phase), RecipeFile.ToJson(recipe));
        Resume(directory, cancellationToken);
    }

    /// <summary>Goes on with a run, of whichever phase it is.</summary>
    public static void Resume(string directory, CancellationToken cancellationToken)
    {
        var settings = RunSettings.Load(directory);
        var path = RunRecords.Recipe(directory, settings.Phase);
        using var run = new RunDirectory(directory);
        using var checkpoint = Checkpoint.Load(settings.From);
        var device = Devices.Parse(settings.Device);
        if (settings.Phase == TrainingPhase.Training)
        {
            var recipe = RecipeFile.Load<ContrastiveRecipe>(path);
            using var sampler = AnsiConsole.Status().Start(
                "Reading pairs, indexing hard negatives", _ => new BatchSampler(recipe, settings.Data));
            using var task = new ContrastiveTask(checkpoint, recipe, sampler, device);
            task.Load(settings.From);
            Take(run, settings, checkpoint, recipe, task, cancellationToken);
        }
        else
        {
            var recipe = RecipeFile.Load<LanguageModelRecipe>(path);
            using var task = new LanguageModelTask(
                checkpoint, recipe, () => recipe.Texts.SelectMany(text => TextFiles.Read(Path.Combine(settings.Data, text))),
                device);
            Take(run, settings, checkpoint, recipe, task, cancellationToken);
        }
    }

    private static void Take(
        RunDirectory directory, RunSettings settings, Checkpoint checkpoint, RunRecipe recipe, ITrainingTask task,
        CancellationToken cancellationToken)
    {
        using var training = new TrainingRun(checkpoint, recipe, task, Devices.Parse(settings.Device));
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
        catch (OperationCanceledException) when (training.Steps > 0)
        {
            Save();
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
            var config = new LoraConfig { Rank = lora.Rank, Alpha = lora.Alpha, BaseModel = settings.From };
            using var scope = torch.NewDisposeScope();
            new LoraAdapter(config, checkpoint.Model.LoraFactors())
                .Save(Path.Combine(directory.Path, AdapterDirectory));
        }

        RunRecords.Copy(settings.From, directory.Path);
        RunCurves.Save(directory.Path, settings.Phase.Name());
        RunSettings.Remove(directory.Path);
        directory.RemoveSnapshots();
        if (Directory.Exists(StartDirectory(directory.Path)))
        {
            Directory.Delete(StartDirectory(directory.Path), recursive: true);
        }

        AnsiConsole.MarkupLineInterpolated($"Wrote [bold]{directory.Path}[/].");
    }
}
