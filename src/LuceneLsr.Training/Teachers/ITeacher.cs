using LuceneLsr.Training.Data;
using static TorchSharp.torch;

namespace LuceneLsr.Training.Teachers;

/// <summary>Scores every document of a batch for every query.</summary>
internal interface ITeacher
{
    /// <summary>Computes the scores of a batch, [queries, documents], on the CPU.</summary>
    /// <exception cref="InvalidDataException">The teacher does not know a text of the batch.</exception>
    Tensor Score(TrainingBatch batch);
}
