using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Training.Data;
using LuceneLsr.Training.Recipes;
using LuceneLsr.Training.Runs;
using LuceneLsr.Training.Tasks;
using static TorchSharp.torch;

namespace LuceneLsr.Tools.Benchmarks.Training;

/// <summary>A contrastive run, as the trainer does it.</summary>
internal sealed class MeasuredRun : IDisposable
{
    private readonly BatchSampler _sampler;
    private readonly ContrastiveTask _task;
    private readonly TrainingRun _run;

    public MeasuredRun(Checkpoint checkpoint, ContrastiveRecipe recipe, string data)
    {
        _sampler = new BatchSampler(recipe, data);
        _task = new ContrastiveTask(checkpoint, recipe, _sampler, CPU);
        _run = new TrainingRun(checkpoint, recipe, _task, CPU);
    }

    /// <summary>Takes a step.</summary>
    public TrainingStep Step() => _run.Run(CancellationToken.None).First();

    public void Dispose()
    {
        _run.Dispose();
        _task.Dispose();
        _sampler.Dispose();
    }
}
