using System.CommandLine;
using LuceneLsr.Training.Recipes;

namespace LuceneLsr.Tools.Trainer.Options;

/// <summary>Options that select a recipe and its data.</summary>
internal sealed class RecipeOptions
{
    private readonly Option<string> _data = CommonOptions.CreateData();
    private readonly Option<string> _recipe = new("--recipe")
    {
        Description = "JSON file with the recipe.",
        Required = true,
        HelpName = "FILE",
    };

    private readonly Option<string[]> _overrides = new("--set")
    {
        Description = "Override fields of the recipe, for example optimizer.layer_learning_rate=1e-4.",
        AllowMultipleArgumentsPerToken = true,
        HelpName = "FIELD=VALUE",
    };

    /// <summary>Adds the options to a command.</summary>
    public RecipeOptions(Command command)
    {
        command.Add(_data);
        command.Add(_recipe);
        command.Add(_overrides);
    }

    /// <summary>Gets the absolute path of the data folder.</summary>
    public string GetData(ParseResult parsed) => Path.GetFullPath(parsed.GetValue(_data)!);

    /// <summary>Reads the recipe with its overrides.</summary>
    /// <exception cref="InvalidDataException">The recipe or an override is not valid.</exception>
    public TRecipe Load<TRecipe>(ParseResult parsed)
        where TRecipe : RunRecipe =>
        RecipeFile.Load<TRecipe>(parsed.GetValue(_recipe)!, parsed.GetValue(_overrides));
}
