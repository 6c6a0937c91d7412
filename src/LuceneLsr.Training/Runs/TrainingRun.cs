using System.Diagnostics;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Torch.Models;
using LuceneLsr.Torch.Weights;
using LuceneLsr.Training.Recipes;
using LuceneLsr.Training.Tasks;
using TorchSharp;
using static TorchSharp.torch;

namespace LuceneLsr.Training.Runs;

/// <summary>
/// Trains a checkpoint in memory, one step at a time. Each step is seeded separately, so that a resumed run takes the
/// same steps as an uninterrupted one: bit for bit on a single CPU thread.
/// </summary>
public sealed class TrainingRun : IDisposable
{
    private readonly Checkpoint _checkpoint;
    private readonly RunRecipe _recipe;
    private readonly ITrainingTask _task;
    private readonly TrainingOptimizer _optimizer;

    /// <summary>Prepares a run with a task, which is disposed with the run.</summary>
    /// <param name="checkpoint">The checkpoint, in F32, without LoRA.</param>
    /// <param name="recipe">The recipe.</param>
    /// <param name="task">The task.</param>
    /// <param name="device">The device to train on.</param>
    /// <exception cref="ArgumentException">The recipe does not fit the model.</exception>
    internal TrainingRun(Checkpoint checkpoint, RunRecipe recipe, ITrainingTask task, Device device)
    {
        (_checkpoint, _recipe, _task) = (checkpoint, recipe, task);
        PrepareModel(checkpoint, recipe, device);
        _optimizer = new TrainingOptimizer(checkpoint.Model, task.Parameters, recipe.Steps, recipe.Optimizer);
    }

    /// <summary>Gets the number of steps taken.</summary>
    public int StepsTaken { get; private set; }

    /// <summary>Opens the recipe's data and prepares a run that changes the checkpoint's weights.</summary>
    /// <param name="checkpoint">The checkpoint, in F32, without LoRA; the caller keeps and disposes it.</param>
    /// <param name="recipe">The recipe.</param>
    /// <param name="dataDirectory">The directory that the recipe's paths are relative to.</param>
    /// <param name="device">The device to train on.</param>
    /// <exception cref="ArgumentException">The recipe does not fit the model.</exception>
    /// <exception cref="InvalidDataException">The data is malformed, or does not fit the recipe.</exception>
    public static TrainingRun Open(Checkpoint checkpoint, RunRecipe recipe, string dataDirectory, Device device)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        ArgumentNullException.ThrowIfNull(recipe);
        ArgumentNullException.ThrowIfNull(dataDirectory);
        var task = TrainingTask.Create(checkpoint, recipe, dataDirectory, device);
        try
        {
            return new TrainingRun(checkpoint, recipe, task, device);
        }
        catch
        {
            task.Dispose();
            throw;
        }
    }

    /// <summary>Takes the remaining steps as they are enumerated.</summary>
    /// <param name="cancellationToken">Checked before each step.</param>
    /// <exception cref="TrainingCollapseException">
    /// The run cannot continue; the weights are those of the last step.
    /// </exception>
    public IEnumerable<TrainingStep> TakeSteps(CancellationToken cancellationToken = default)
    {
        while (StepsTaken < _recipe.Steps)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return TakeStep();
        }
    }

    /// <summary>
    /// Writes the checkpoint: the model, with LoRA merged, and the other parameters that the task trained.
    /// </summary>
    /// <param name="source">The checkpoint directory that the run started from.</param>
    /// <param name="directory">The directory to write to.</param>
    public void SaveCheckpoint(string source, string directory)
    {
        _checkpoint.SaveWithFilesFrom(source, directory, Precision.Float32);
        _task.Save(directory);
    }

    /// <summary>Writes a checkpoint and everything else that is needed to resume the run.</summary>
    /// <param name="source">The checkpoint directory that the run started from.</param>
    /// <param name="directory">An empty directory.</param>
    internal void SaveSnapshot(string source, string directory)
    {
        SaveCheckpoint(source, directory);
        Snapshot.Save(directory, new(StepsTaken, _task.Position), _checkpoint.Model, _task, _optimizer);
    }

    /// <summary>Restores what <see cref="SaveSnapshot"/> wrote for a run of the same recipe.</summary>
    /// <param name="directory">The snapshot's directory.</param>
    /// <exception cref="InvalidDataException">A file is corrupt or belongs to another recipe.</exception>
    /// <exception cref="InvalidOperationException">The data has changed since the snapshot.</exception>
    internal void LoadSnapshot(string directory) =>
        StepsTaken = Snapshot.Load(directory, _recipe.Steps, _checkpoint.Model, _task, _optimizer).Steps;

    /// <summary>
    /// Starts from the query weights that an earlier run trained next to the model, if the recipe has a query table and
    /// the directory contains one.
    /// </summary>
    /// <param name="directory">The checkpoint directory that the run starts from.</param>
    internal void LoadQueryTable(string directory) => _task.Load(directory);

    /// <inheritdoc/>
    public void Dispose()
    {
        _optimizer.Dispose();
        _task.Dispose();
    }

    private static void PrepareModel(Checkpoint checkpoint, RunRecipe recipe, Device device)
    {
        var model = checkpoint.Model;
        model.to(device);
        model.train();
        model.RecomputesActivations = recipe.ActivationCheckpointing;
        model.SetComputeType(recipe.Compute switch
        {
            ComputePrecision.Float32 => ScalarType.Float32,
            ComputePrecision.BFloat16 => ScalarType.BFloat16,
            _ => throw new UnreachableException($"Unknown compute precision: {recipe.Compute}."),
        });
        if (recipe.Lora is { } lora)
        {
            manual_seed(recipe.Seed);
            model.AddLora(lora.Rank, lora.Alpha, lora.Dropout, lora.TargetModules);
        }

        if (recipe.Optimizer.FrozenLayers is { } layers)
        {
            model.Freeze(layers);
        }
    }

    private TrainingStep TakeStep()
    {
        var watch = Stopwatch.StartNew();
        using var scope = NewDisposeScope();
        manual_seed((_recipe.Seed * 1_000_003L) + StepsTaken);
        _optimizer.ClearGradients();
        BatchResult[] batches = [.. Enumerable.Range(0, _recipe.Accumulation)
            .Select(_ => _task.AccumulateGradient(StepsTaken, 1.0 / _recipe.Accumulation))];
        var (norm, rate) = _optimizer.Step(StepsTaken);
        StepsTaken++;
        return Summarize(batches, norm, rate, watch.Elapsed.TotalSeconds);
    }

    private TrainingStep Summarize(BatchResult[] batches, double gradientNorm, double learningRate, double seconds) =>
        new(
            StepsTaken,
            string.Join('+', batches.Select(batch => batch.Source).Distinct()),
            [
                .. batches[0].Figures.Select((figure, index) =>
                    (figure.Name, ComputeMean(batches.Select(batch => batch.Figures[index].Value)))),
                ("gradient_norm", gradientNorm),
                ("learning_rate", learningRate),
                ("tokens_per_second", batches.Sum(batch => batch.Tokens) / seconds),
                ("seconds", seconds),
            ]);

    // A batch without a teacher's scores has NaN for the losses that need them.
    private static double ComputeMean(IEnumerable<double> values) =>
        values.Where(value => !double.IsNaN(value)).DefaultIfEmpty(double.NaN).Average();
}
