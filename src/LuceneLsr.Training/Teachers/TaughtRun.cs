using System.Text.Json;
using LuceneLsr.Training.Recipes;

namespace LuceneLsr.Training.Teachers;

/// <summary>The settings of a recipe that determine the texts of its run.</summary>
/// <param name="Seed">The seed.</param>
/// <param name="BatchSize">The number of pairs in a batch.</param>
/// <param name="SimilarBatches">The number of batches that are grouped by similarity.</param>
/// <param name="Batches">The number of batches.</param>
/// <param name="Sources">The sources as JSON.</param>
internal sealed record TaughtRun(int Seed, int BatchSize, int SimilarBatches, long Batches, string Sources)
{
    public static TaughtRun FromRecipe(ContrastiveRecipe recipe) => new(
        recipe.Seed, recipe.BatchSize, recipe.SimilarBatches, recipe.Batches,
        JsonSerializer.SerializeToNode(recipe.Sources, RecipeFile.Json)!.ToJsonString());

    /// <summary>Describes the settings in which another run differs.</summary>
    /// <returns>Each recipe field with its values here and there, such as "seed is 2, not 1".</returns>
    public IReadOnlyList<string> Compare(TaughtRun other)
    {
        (string Field, object Here, object There)[] settings =
        [
            ("seed", Seed, other.Seed), ("batch_size", BatchSize, other.BatchSize),
            ("similar_batches", SimilarBatches, other.SimilarBatches), ("sources", Sources, other.Sources),
        ];
        return
        [
            .. settings.Where(setting => !setting.Here.Equals(setting.There))
                .Select(setting => $"{setting.Field} is {setting.Here}, not {setting.There}"),
            .. Batches > other.Batches
                ? new[] { $"steps x accumulation is {Batches}, more than {other.Batches}" }
                : [],
        ];
    }
}
