using LuceneLsr.Evaluation.Collections;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Training.Recipes;
using static TorchSharp.torch;

namespace LuceneLsr.Tools.Claims.Runs;

/// <summary>The settings of a command: where runs start, what they train on, and where results go.</summary>
/// <param name="From">The checkpoint directory that every run starts from.</param>
/// <param name="Data">The data folder.</param>
/// <param name="Output">The folder of the results.</param>
/// <param name="Recipe">The contrastive recipe to use instead of the claim's own, or null.</param>
/// <param name="Overrides">Recipe settings that override those of the contrastive recipe.</param>
/// <param name="AdaptationRecipe">The adaptation recipe to use instead of the claim's own, or null.</param>
/// <param name="Device">The device that trains and runs the models.</param>
internal sealed record Claim(
    string From, string Data, string Output, string? Recipe, IReadOnlyList<string> Overrides, string? AdaptationRecipe,
    Device Device)
{
    /// <summary>Gets the seeds of repeated runs.</summary>
    public static IReadOnlyList<int> Seeds { get; } = [1, 2, 3];

    /// <summary>Loads the contrastive recipe with its overrides.</summary>
    /// <param name="name">The file name of the claim's own recipe.</param>
    /// <exception cref="InvalidDataException">The recipe has no loss info_nce, or has a query table.</exception>
    public ContrastiveRecipe LoadContrastiveRecipe(string name)
    {
        var path = Recipe ?? GetRecipePath(name);
        var recipe = RecipeFile.Load<ContrastiveRecipe>(path, Overrides);
        return recipe.QueryTable is null && recipe.Losses.Any(loss => loss.Kind == LossKind.InfoNce)
            ? recipe
            : throw new InvalidDataException(
                $"{path}: a claim needs a recipe with the loss info_nce and without a query_table.");
    }

    /// <summary>Loads the recipe of the adaptation phase.</summary>
    public LanguageModelRecipe LoadAdaptationRecipe() =>
        RecipeFile.Load<LanguageModelRecipe>(AdaptationRecipe ?? GetRecipePath("adapt.json"));

    /// <summary>Loads a copy of the checkpoint that every run starts from.</summary>
    public Checkpoint LoadStart() => Checkpoint.Load(From, device: Device);

    /// <summary>Loads a collection with its test queries.</summary>
    public BeirCollection LoadCollection(string name) => BeirCollection.Load(Path.Combine(Data, name), "test");

    private static string GetRecipePath(string name) => Path.Combine(AppContext.BaseDirectory, "Recipes", name);
}
