using System.Text.Json.Nodes;
using TorchSharp.Modules;

namespace LuceneLsr.Training.Tasks;

/// <summary>What is learned: draws data, and turns them into gradients.</summary>
public interface ITrainingTask
{
    /// <summary>
    /// How far the data were read, so that a new task with the same recipe goes on with the same batches once it is
    /// set.
    /// </summary>
    JsonNode Position { get; set; }

    /// <summary>What the task trains beside the model, with its peak learning rates.</summary>
    IReadOnlyList<(Parameter Parameter, double PeakRate)> Parameters { get; }

    /// <summary>Draws the next batch and adds its gradient to that of the parameters.</summary>
    /// <param name="stepsTaken">Optimizer steps before this one.</param>
    /// <param name="share">The factor on the loss: one by the number of batches that a step accumulates.</param>
    /// <exception cref="TrainingCollapseException">Nothing can be learned from it any more.</exception>
    BatchResult Learn(int stepsTaken, double share);

    /// <summary>Writes what the task trained into a checkpoint's directory, beside the model.</summary>
    void Save(string directory);

    /// <summary>Starts from what <see cref="Save"/> wrote beside a model, where it did.</summary>
    void Load(string directory);
}
