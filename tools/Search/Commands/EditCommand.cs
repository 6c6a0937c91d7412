using System.CommandLine;
using LuceneLsr.Edits;
using LuceneLsr.Tools.Common;
using LuceneLsr.Tools.Search.Options;
using LuceneLsr.Tools.Search.Views;
using Spectre.Console;

namespace LuceneLsr.Tools.Search.Commands;

/// <summary>"edit": changes a file of relevance rules.</summary>
internal static class EditCommand
{
    public static Command Create() => new("edit", "Correct the relevance of an index by rules that people write.")
    {
        EditAddCommand.Create(),
        CreateList(),
        CreateChange("remove", "Remove a rule.", (rules, id) => rules.Remove(id)),
        CreateChange("disable", "Disable a rule, but keep it.", (rules, id) => rules.Enable(id, isEnabled: false)),
        CreateChange("enable", "Enable a disabled rule.", (rules, id) => rules.Enable(id, isEnabled: true)),
        EditExportCommand.Create(),
    };

    private static Command CreateList()
    {
        var command = new Command("list", "List the rules.");
        var file = RulesOption.CreateForEditing(command);
        command.SetWork((parsed, _) => RulesView.Write(file.Load(parsed).Rules));
        return command;
    }

    private static Command CreateChange(
        string name, string description, Func<RelevanceRules, string, RelevanceRules> change)
    {
        Argument<string> id = new("id") { Description = "Id of the rule." };
        var command = new Command(name, description) { id };
        var file = RulesOption.CreateForEditing(command);
        command.SetWork((parsed, _) =>
        {
            file.Save(parsed, change(file.Load(parsed), parsed.GetValue(id)!));
            AnsiConsole.MarkupLineInterpolated($"{name}d rule {parsed.GetValue(id)!} in {file.GetPath(parsed)}");
        });
        return command;
    }
}
