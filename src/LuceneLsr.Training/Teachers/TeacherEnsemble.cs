using System.Diagnostics;
using LuceneLsr.Training.Data;
using LuceneLsr.Training.Recipes;
using static TorchSharp.torch;

namespace LuceneLsr.Training.Teachers;

/// <summary>The teachers of a recipe, whose weighted and by default standardized scores are summed.</summary>
internal sealed class TeacherEnsemble
{
    private const int SampleSize = 10_000; // documents

    private readonly (TeacherTerm Term, ITeacher Teacher)[] _teachers;

    /// <summary>Combines teachers.</summary>
    public TeacherEnsemble(params IEnumerable<(TeacherTerm Term, ITeacher Teacher)> teachers) =>
        _teachers = [.. teachers];

    /// <summary>Opens the teachers of a recipe.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="dataDirectory">The directory that the paths of the teachers are relative to.</param>
    /// <param name="sampler">The run's sampler, whose documents BM25 counts. Its position does not change.</param>
    /// <exception cref="InvalidDataException">A file of vectors is corrupt.</exception>
    public static TeacherEnsemble Open(ContrastiveRecipe recipe, string dataDirectory, BatchSampler sampler) =>
        new(recipe.Teachers.Select(term => (term, Open(term, recipe, dataDirectory, sampler))));

    /// <summary>Computes the summed scores of a batch on a device.</summary>
    /// <exception cref="InvalidDataException">A teacher does not know a text of the batch.</exception>
    public TeacherScores Score(TrainingBatch batch, Device device)
    {
        using var noGrad = no_grad();
        return _teachers
            .Select(pair => TeacherScores.Weigh(pair.Teacher.Score(batch), pair.Term.Weight, pair.Term.Standardize))
            .Aggregate((left, right) => left.Add(right)).To(device);
    }

    private static ITeacher Open(
        TeacherTerm term, ContrastiveRecipe recipe, string dataDirectory, BatchSampler sampler) => term.Kind switch
        {
            TeacherKind.Vectors => new VectorTeacher(
                TeacherVectors.Load(Path.Combine(dataDirectory, term.Path!)), recipe),
            TeacherKind.Bm25 => new Bm25Teacher(sampler.SampleDocuments(SampleSize)),
            _ => throw new UnreachableException($"Unknown teacher: {term.Kind}."),
        };
}
