using System.CommandLine;
using LuceneLsr.Files;
using LuceneLsr.Tools.Common;
using LuceneLsr.Tools.Common.Options;
using LuceneLsr.Tools.Trainer.Logs;
using LuceneLsr.Tools.Trainer.Options;
using LuceneLsr.Training.Recipes;
using LuceneLsr.Training.Teachers;
using Spectre.Console;

namespace LuceneLsr.Tools.Trainer.Commands;

/// <summary>The command "teach": the vectors of a teacher for the texts of a run.</summary>
internal sealed class TeachCommand
{
    private readonly TeacherOptions _teacher;
    private readonly RecipeOptions _recipe;
    private readonly Option<Shard> _shard = ShardOption.Create("the texts");
    private readonly Option<string> _output = DirectoryOption.Create(
        "--out", "Directory of the vectors. Texts that have a vector there are skipped.");

    private TeachCommand(Command command)
    {
        _teacher = new TeacherOptions(command);
        _recipe = new RecipeOptions(command);
        command.Add(_shard);
        command.Add(_output);
    }

    public static Command Create()
    {
        var command = new Command(
            "teach",
            "Encode the texts of a recipe's run with a sentence encoder, for a teacher or for states.");
        command.SetWork(new TeachCommand(command).Run);
        return command;
    }

    private void Run(ParseResult parsed, CancellationToken cancellation)
    {
        var recipe = _recipe.Load<ContrastiveRecipe>(parsed);
        var directory = parsed.GetValue(_output)!;
        using var encoder = _teacher.Load(parsed);
        var writer = new TeacherVectorsWriter(
            encoder, _teacher.GetSettings(parsed), directory, parsed.GetValue(_shard)!);
        var done = TeachingBar.Run(
            onProgress => writer.Write(recipe, _recipe.GetData(parsed), onProgress, cancellation));
        AnsiConsole.MarkupLineInterpolated(
            $"Wrote {done.Encoded:N0} vectors to [bold]{directory}[/]; {done.Skipped:N0} texts had one before.");
    }
}
