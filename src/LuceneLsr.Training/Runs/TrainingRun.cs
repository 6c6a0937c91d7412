using System.Diagnostics;
using LuceneLsr.Evaluation.Runs;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Training.Recipes;
using LuceneLsr.Training.Tasks;
using TorchSharp;
using static TorchSharp.torch;

namespace LuceneLsr.Training.Runs;

/// <summary>
/// Takes the steps of a run, one by one, as they are enumerated. Each step starts from a seed of its own, so that a run
/// which goes on from a <see cref="Snapshot"/> takes the steps that it would have taken: on one thread of a CPU, bit
/// for bit.
/// </summary>
public sealed class TrainingRun : IDisposable
{
    private readonly Checkpoint _checkpoint;
    private readonly RunRecipe _recipe;
    private readonly ITrainingTask _task;
    private readonly TrainingOptimizer _optimizer;

    /// <summary>Prepares a run over a checkpoint's model, whose weights it will change.</summary>
    /// <param name="checkpoint">The checkpoint, in F32, not yet prepared for LoRA.</param>
    /// <param name="recipe">How to run.</param>
    /// <param name="task">What is learned.</param>
    /// <param name="device">Where to run.</param>
    /// <exception cref="ArgumentException">The recipe does not fit the model.</exception>
    public TrainingRun(Checkpoint checkpoint, RunRecipe recipe, ITrainingTask task, Device device)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        ArgumentNullException.ThrowIfNull(recipe);
        ArgumentNullException.ThrowIfNull(task);
        (_checkpoint, _recipe, _task) = (checkpoint, recipe, task);
        var model = checkpoint.Model;
        model.to(device);
        model.train();
        model.RecomputesActivations = recipe.ActivationCheckpointing;
        model.ComputeIn(recipe.Compute == ComputePrecision.BFloat16 ? ScalarType.BFloat16 : ScalarType.Float32);
        if (recipe.Lora is { } lora)
        {
            manual_seed(recipe.Seed);
            model.AddLora(lora.Rank, lora.Alpha, lora.Dropout, lora.TargetModules);
        }

        _optimizer = new TrainingOptimizer(model, task.Parameters, recipe.Steps, recipe.Optimizer);
    }

    /// <summary>Steps taken.</summary>
    public int Steps { get; private set; }

    /// <summary>Takes the steps that are left.</summary>
    /// <exception cref="TrainingCollapseException">
    /// The run cannot go on; its weights are those of the last step.
    /// </exception>
    public IEnumerable<TrainingStep> Run(CancellationToken cancellationToken)
    {
        while (Steps < _recipe.Steps)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return Step();
        }
    }

    /// <summary>Writes all that is needed to go on from here into a directory, which is a checkpoint besides.</summary>
    /// <param name="source">The checkpoint directory that the run started from.</param>
    /// <param name="directory">The directory; new.</param>
    public void Save(string source, string directory)
    {
        SaveCheckpoint(source, directory);
        Snapshot.Save(directory, new(Steps, _task.Position), _checkpoint.Model, _task, _optimizer);
    }

    /// <summary>Writes the checkpoint alone: the model, with what LoRA adds, and what else the task trained.</summary>
    /// <param name="source">The checkpoint directory that the run started from.</param>
    /// <param name="directory">The directory.</param>
    public void SaveCheckpoint(string source, string directory)
    {
        _checkpoint.SaveWithFilesOf(source, directory, Precision.Float32);
        _task.Save(directory);
    }

    /// <summary>Goes on from what <see cref="Save"/> wrote for a run of the same recipe.</summary>
    /// <exception cref="InvalidDataException">A file is damaged, or is that of another recipe.</exception>
    public void Load(string directory) =>
        Steps = Snapshot.Load(directory, _recipe.Steps, _checkpoint.Model, _task, _optimizer).Steps;

    /// <inheritdoc/>
    public void Dispose() => _optimizer.Dispose();

    private TrainingStep Step()
    {
        var watch = Stopwatch.StartNew();
        using var scope = NewDisposeScope();
        manual_seed((_recipe.Seed * 1_000_003L) + Steps);
        _optimizer.Clear();
        BatchResult[] batches =
            [.. Enumerable.Range(0, _recipe.Accumulation).Select(_ => _task.Learn(Steps, 1.0 / _recipe.Accumulation))];
        var (norm, rate) = _optimizer.Step(Steps);
        Steps++;
        var seconds = watch.Elapsed.TotalSeconds;
        return new TrainingStep(
            Steps,
            string.Join('+', batches.Select(batch => batch.Source).Distinct()),
            [
                .. batches[0].Figures.Select((figure, index) =>
                    (figure.Name, Mean(batches.Select(batch => batch.Figures[index].Value)))),
                ("gradient_norm", norm),
                ("learning_rate", rate * _recipe.Optimizer.LayerLearningRate),
                ("tokens_per_second", batches.Sum(batch => batch.Tokens) / seconds),
                ("seconds", seconds),
            ]);
    }

    // Not every batch has each figure: some have no teacher's scores.
    private static double Mean(IEnumerable<double> values) =>
        values.Where(value => !double.IsNaN(value)).DefaultIfEmpty(double.NaN).Average();
}
