using System.CommandLine;
using LuceneLsr.Tools.Common;
using LuceneLsr.Tools.Search.Options;
using LuceneLsr.Tools.Search.Views;

namespace LuceneLsr.Tools.Search.Commands;

/// <summary>"inspect": what a text expands to.</summary>
internal static class InspectCommand
{
    public static Command Create()
    {
        Argument<string> text = new("text") { Description = "The text." };
        var top = CommonOptions.Top("Terms to show.", 30);
        var side = CommonOptions.Side(TextSide.Query);
        var command = new Command("inspect", "Shows what a text expands to, as a table with bars.")
        {
            text, side, top,
        };
        var model = new ModelOptions(command, readsDocuments: true);
        command.SetWork((parsed, cancellation) =>
        {
            using var encoder = model.Load(parsed);
            var vector = encoder.Encode(parsed.GetValue(text)!, parsed.GetValue(side), cancellation);
            ExpansionView.Write(
                $"As a {parsed.GetValue(side)}: {vector.Count} terms and their weights", vector, parsed.GetValue(top));
        });
        return command;
    }
}
