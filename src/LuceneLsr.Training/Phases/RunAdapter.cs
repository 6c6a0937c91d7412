using LuceneLsr.Torch.Checkpoints.Adapters;
using LuceneLsr.Torch.Models;
using LuceneLsr.Training.Recipes;
using TorchSharp;

namespace LuceneLsr.Training.Phases;

/// <summary>The LoRA adapter that a run writes in addition to its merged checkpoint.</summary>
internal static class RunAdapter
{
    private const string DirectoryName = "adapter";

    /// <summary>Returns whether a run's directory contains an adapter.</summary>
    public static bool ExistsIn(string runDirectory) => Directory.Exists(Path.Combine(runDirectory, DirectoryName));

    /// <summary>Throws if a recipe would train an adapter on top of another.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="from">The checkpoint directory that the run starts from.</param>
    /// <exception cref="InvalidDataException">The recipe has LoRA, and the directory is an adapter.</exception>
    public static void ThrowIfStacked(RunRecipe recipe, string from)
    {
        if (recipe.Lora is not null && LoraConfig.TryLoad(from) is not null)
        {
            throw new InvalidDataException(
                $"{from} is an adapter, and no adapter can be trained on top of another. Remove lora from the recipe, "
                + "or first merge the adapter into its base (lsr-search quantize --precision Float32).");
        }
    }

    /// <summary>Writes the adapter of a run.</summary>
    /// <param name="runDirectory">The run's directory.</param>
    /// <param name="from">The checkpoint directory that the run started from, the adapter's base.</param>
    /// <param name="lora">The LoRA settings of the recipe.</param>
    /// <param name="model">The trained model.</param>
    public static void Save(string runDirectory, string from, LoraSettings lora, LanguageModel model)
    {
        var directory = Path.Combine(runDirectory, DirectoryName);
        var config = new LoraConfig
        {
            Rank = lora.Rank,
            Alpha = lora.Alpha,
            TaskType = model.Config.PeftTask,
            BaseModel = Path.GetRelativePath(directory, from), // relative, so that both can be moved together
        };
        using var scope = torch.NewDisposeScope();
        new LoraAdapter(config, model.GetLoraFactors()).Save(directory);
    }
}
