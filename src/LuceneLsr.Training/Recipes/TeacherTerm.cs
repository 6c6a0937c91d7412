using System.Diagnostics;
using LuceneLsr.Files;

namespace LuceneLsr.Training.Recipes;

/// <summary>A teacher whose scores are added to those of the recipe's other teachers.</summary>
/// <param name="Kind">The kind of the teacher.</param>
/// <param name="Path">
/// For <see cref="TeacherKind.Vectors"/>, the directory of the vectors, relative to the data directory; else null.
/// </param>
/// <param name="Weight">
/// The factor of the scores in the sum. The sum is a logit: larger weights make the teacher's distribution sharper.
/// </param>
/// <param name="Standardize">
/// Whether to standardize the scores before they are weighted, to mean 0 and standard deviation 1 over the texts that
/// are compared: the documents of a query, or the queries of a document.
/// </param>
public sealed record TeacherTerm(TeacherKind Kind, string? Path = null, double Weight = 1, bool Standardize = true)
{
    private bool NeedsPath => Kind switch
    {
        TeacherKind.Vectors => true,
        TeacherKind.Bm25 => false,
        _ => throw new UnreachableException($"Unknown teacher: {Kind}."),
    };

    internal void Validate(string field)
    {
        Require.Data(!NeedsPath || !string.IsNullOrWhiteSpace(Path), $"{field}.path must be a directory of vectors");
        Require.Data(NeedsPath || Path is null, $"{field}.path must be null unless the kind is vectors");
        RecipeRules.RequirePositive(Weight, $"{field}.weight");
    }
}
