using LuceneLsr.Training.Data;
using static TorchSharp.torch;

namespace LuceneLsr.Training.Teachers;

/// <summary>A dense sentence encoder, whose score is the cosine of the vectors of query and document.</summary>
/// <param name="vectors">The vectors of the run's texts.</param>
internal sealed class VectorTeacher(TeacherVectors vectors) : ITeacher
{
    /// <inheritdoc/>
    public Tensor Score(TrainingBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        using var scope = NewDisposeScope();
        var queries = vectors.Select(batch.Queries, TextSide.Query); // [queries, dimension]
        var documents = vectors.Select(batch.Documents, TextSide.Document); // [documents, dimension]
        return queries.matmul(documents.t()).MoveToOuterDisposeScope();
    }
}
