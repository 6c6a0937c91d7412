using System.CommandLine;
using LuceneLsr.Tools.Common.Options;
using LuceneLsr.Training.Recipes;

namespace LuceneLsr.Tools.Trainer.Options;

/// <summary>Options of the commands that run a recipe.</summary>
internal sealed class RunOptions
{
    private readonly Option<string> _output = CommonOptions.CreateOut();
    private readonly Option<string> _device = DeviceOption.Create();
    private readonly RecipeOptions _recipe;
    private readonly ThreadsOption _threads;

    /// <summary>Adds the options to a command.</summary>
    public RunOptions(Command command)
    {
        _recipe = new RecipeOptions(command);
        command.Add(_output);
        command.Add(_device);
        _threads = new ThreadsOption(command);
    }

    /// <summary>Gets the output directory.</summary>
    public string GetOutput(ParseResult parsed) => parsed.GetValue(_output)!;

    /// <summary>Gets the absolute path of the data folder.</summary>
    public string GetData(ParseResult parsed) => _recipe.GetData(parsed);

    /// <summary>Gets the device.</summary>
    public string GetDevice(ParseResult parsed) => parsed.GetValue(_device)!;

    /// <summary>Sets the number of threads.</summary>
    public void ApplyThreads(ParseResult parsed) => _threads.Apply(parsed);

    /// <summary>Reads the recipe with its overrides.</summary>
    /// <exception cref="InvalidDataException">The recipe or an override is not valid.</exception>
    public TRecipe LoadRecipe<TRecipe>(ParseResult parsed)
        where TRecipe : RunRecipe =>
        _recipe.Load<TRecipe>(parsed);
}
