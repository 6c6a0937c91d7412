using System.Text.Json.Nodes;
using TorchSharp.Modules;

namespace LuceneLsr.Training.Tasks;

/// <summary>What a run learns: draws batches and turns them into gradients.</summary>
internal interface ITrainingTask : IDisposable
{
    /// <summary>
    /// Gets or sets the position in the data. A new task of the same recipe continues with the same batches once it is
    /// set.
    /// </summary>
    JsonNode Position { get; set; }

    /// <summary>Gets the parameters trained in addition to the model's, with their peak learning rates.</summary>
    IReadOnlyList<(Parameter Parameter, double PeakRate)> Parameters { get; }

    /// <summary>Draws the next batch and adds its gradient to the parameters' gradients.</summary>
    /// <param name="step">The current optimizer step, counted from 0.</param>
    /// <param name="lossScale">The factor on the loss: 1 / the number of batches per step.</param>
    /// <exception cref="TrainingCollapseException">Nothing can be learned from the batch any more.</exception>
    BatchResult AccumulateGradient(int step, double lossScale);

    /// <summary>Writes <see cref="Parameters"/> to a checkpoint directory, next to the model.</summary>
    void Save(string directory);

    /// <summary>Reads what <see cref="Save"/> wrote; does nothing if the directory has no such file.</summary>
    void Load(string directory);
}
