using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Training.Data;
using LuceneLsr.Training.Recipes;
using static TorchSharp.torch;

namespace LuceneLsr.Training.Tasks;

/// <summary>Creates the task of a recipe.</summary>
internal static class TrainingTask
{
    /// <summary>Opens the recipe's data and creates its task.</summary>
    /// <param name="checkpoint">The checkpoint to train.</param>
    /// <param name="recipe">The recipe.</param>
    /// <param name="dataDirectory">The directory that the recipe's paths are relative to.</param>
    /// <param name="device">The device that the model is on.</param>
    /// <exception cref="InvalidDataException">
    /// The data is malformed, or does not fit the recipe or the model.
    /// </exception>
    public static ITrainingTask Create(
        Checkpoint checkpoint, RunRecipe recipe, string dataDirectory, Device device) => recipe switch
        {
            ContrastiveRecipe contrastive => new ContrastiveTask(checkpoint, contrastive, dataDirectory, device),
            LanguageModelRecipe language => new LanguageModelTask(
                checkpoint, language, () => TextFiles.ReadAll(dataDirectory, language.Texts), device),
            _ => throw new ArgumentException($"There is no task for a {recipe.GetType().Name}.", nameof(recipe)),
        };
}
