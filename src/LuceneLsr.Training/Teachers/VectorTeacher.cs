using LuceneLsr.Training.Data;
using LuceneLsr.Training.Recipes;
using static TorchSharp.torch;

namespace LuceneLsr.Training.Teachers;

/// <summary>A sentence encoder, whose score is the cosine of the vectors of query and document.</summary>
/// <param name="vectors">The vectors of the run's texts.</param>
/// <param name="recipe">The run's recipe.</param>
internal sealed class VectorTeacher(TeacherVectors vectors, ContrastiveRecipe recipe) : ITeacher
{
    /// <inheritdoc/>
    public Tensor Score(TrainingBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        using var scope = NewDisposeScope();
        var queries = vectors.Select(batch.Queries, TextSide.Query, recipe); // [queries, dimension]
        var documents = vectors.Select(batch.Documents, TextSide.Document, recipe); // [documents, dimension]
        return queries.matmul(documents.t()).MoveToOuterDisposeScope();
    }
}
