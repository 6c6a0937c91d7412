using System.CommandLine;
using LuceneLsr.Tools.Common;
using LuceneLsr.Tools.Search.Options;
using LuceneLsr.Tools.Search.Views;

namespace LuceneLsr.Tools.Search.Commands;

/// <summary>"inspect": shows the expansion of a text.</summary>
internal static class InspectCommand
{
    public static Command Create()
    {
        var top = CommonOptions.CreateTop("Number of terms to print.", 30);
        var side = CommonOptions.CreateSide(TextSide.Query);
        var command = new Command("inspect", "Show the expansion of a text as a bar chart.")
        {
            side, top,
        };
        var text = new TextArgument(command, "text", "Text to expand.");
        var model = new ModelOptions(command, encodesDocuments: true);
        command.SetWork((parsed, cancellation) =>
        {
            using var encoder = model.Load(parsed);
            var vector = encoder.Encode(text.Get(parsed), parsed.GetValue(side), cancellation);
            ExpansionView.Write(
                $"As a {parsed.GetValue(side).ToString().ToLowerInvariant()}: {vector.Count} terms and their weights",
                vector, parsed.GetValue(top));
        });
        return command;
    }
}
