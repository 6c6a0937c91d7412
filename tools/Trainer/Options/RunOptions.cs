using System.CommandLine;
using LuceneLsr.Tools.Common.Options;
using LuceneLsr.Training.Recipes;

namespace LuceneLsr.Tools.Trainer.Options;

/// <summary>Options of the commands that run a recipe.</summary>
internal sealed class RunOptions
{
    private readonly Option<string> _output = CommonOptions.CreateOut();
    private readonly Option<string> _data = CommonOptions.CreateData();
    private readonly Option<string> _device = DeviceOption.Create();
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

    private readonly ThreadsOption _threads;

    /// <summary>Adds the options to a command.</summary>
    public RunOptions(Command command)
    {
        command.Add(_data);
        command.Add(_recipe);
        command.Add(_overrides);
        command.Add(_output);
        command.Add(_device);
        _threads = new ThreadsOption(command);
    }

    /// <summary>Gets the output directory.</summary>
    public string GetOutput(ParseResult parsed) => parsed.GetValue(_output)!;

    /// <summary>Gets the absolute path of the data folder.</summary>
    public string GetData(ParseResult parsed) => Path.GetFullPath(parsed.GetValue(_data)!);

    /// <summary>Gets the device.</summary>
    public string GetDevice(ParseResult parsed) => parsed.GetValue(_device)!;

    /// <summary>Sets the number of threads.</summary>
    public void ApplyThreads(ParseResult parsed) => _threads.Apply(parsed);

    /// <summary>Reads the recipe with its overrides.</summary>
    /// <exception cref="InvalidDataException">The recipe or an override is not valid.</exception>
    public TRecipe LoadRecipe<TRecipe>(ParseResult parsed)
        where TRecipe : RunRecipe =>
        RecipeFile.Load<TRecipe>(parsed.GetValue(_recipe)!, parsed.GetValue(_overrides));
}
