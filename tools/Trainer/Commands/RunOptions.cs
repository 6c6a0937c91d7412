using System.CommandLine;
using LuceneLsr.Evaluation.Runs;
using LuceneLsr.Tools.Common;
using LuceneLsr.Tools.Common.Options;
using LuceneLsr.Tools.Trainer.Runs;
using LuceneLsr.Torch;
using LuceneLsr.Training.Recipes;

namespace LuceneLsr.Tools.Trainer.Commands;

/// <summary>The options of those commands that run a recipe.</summary>
internal sealed class RunOptions
{
    private readonly Option<string> _output = CommonOptions.Out();
    private readonly Option<string> _data = CommonOptions.Data();
    private readonly Option<string> _device = DeviceOption.Create();
    private readonly Option<string> _recipe = new("--recipe")
    {
        Description = "JSON file of the run's settings.",
        Required = true,
        HelpName = "FILE",
    };

    private readonly Option<string[]> _overrides = new("--set")
    {
        Description = "Fields in place of the recipe's, as in optimizer.layer_learning_rate=1e-4.",
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

    /// <summary>Reads the recipe, creates the directory, and runs the phase in it.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="phase">The phase.</param>
    /// <param name="start">
    /// Makes the checkpoint to start from, given the recipe, the data folder and the new directory.
    /// </param>
    /// <param name="cancellationToken">Stops it after a step.</param>
    public void Run<TRecipe>(
        ParseResult parsed, TrainingPhase phase, Func<TRecipe, string, string, string> start,
        CancellationToken cancellationToken)
        where TRecipe : RunRecipe
    {
        _threads.Apply(parsed);
        var recipe = RecipeFile.Load<TRecipe>(parsed.GetValue(_recipe)!, parsed.GetValue(_overrides));
        var (data, device) = (Path.GetFullPath(parsed.GetValue(_data)!), parsed.GetValue(_device)!);
        Devices.Parse(device); // before anything is made for it
        RunSettings.RequireNone(parsed.GetValue(_output)!);
        var directory = NewDirectory.Create(parsed.GetValue(_output)!);
        try
        {
            var from = Path.GetFullPath(start(recipe, data, directory));
            PhaseRun.Run(directory, new RunSettings(phase, from, data, device), recipe, cancellationToken);
        }
        finally
        {
            PhaseRun.ClearUp(directory);
        }
    }
}
