using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Training.Recipes;
using LuceneLsr.Training.Runs;
using static TorchSharp.torch;

namespace LuceneLsr.Tools.Benchmarks.Training;

/// <summary>A contrastive run on the CPU, whose steps are measured one by one.</summary>
internal sealed class MeasuredRun(Checkpoint checkpoint, ContrastiveRecipe recipe, string data) : IDisposable
{
    private readonly TrainingRun _run = TrainingRun.Open(checkpoint, recipe, data, CPU);

    /// <summary>Takes a step.</summary>
    public TrainingStep Step() => _run.TakeSteps(CancellationToken.None).First();

    public void Dispose() => _run.Dispose();
}
