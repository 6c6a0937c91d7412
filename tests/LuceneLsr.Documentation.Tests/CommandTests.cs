using System.Collections.Concurrent;
using System.Diagnostics;
using LuceneLsr.Documentation.Tests.Pages;

namespace LuceneLsr.Documentation.Tests;

/// <summary>Command lines of the pages, compared with the help of the programs.</summary>
public class CommandTests
{
    private static readonly ConcurrentDictionary<string, Lazy<Task<string>>> Helps = new();

    /// <summary>Gets each command with its options, and the pages that show it.</summary>
    public static TheoryData<string, string> Commands => [.. Repository.Pages
        .SelectMany(page => CommandLine.FindIn(page).Select(command => (page.Name, Command: command)))
        .Select(shown => (shown.Name, string.Join(' ',
            [shown.Command.Program, shown.Command.Subcommand, .. shown.Command.Options.Order()])))
        .Distinct()];

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Command_of_a_page_exists_with_its_options(string page, string shown)
    {
        var command = CommandLine.TryParse(shown)!;
        var help = await GetHelpAsync(command);
        Assert.All(command.Options, option => Assert.True(
            help.Split([' ', ',', '\n']).Contains(option), $"{page}: '{shown}' has no option {option}."));
    }

    private static Task<string> GetHelpAsync(CommandLine command) => Helps.GetOrAdd(
        $"{command.Program} {command.Subcommand}".Trim(), name => new(() => RunHelpAsync(command, name))).Value;

    private static async Task<string> RunHelpAsync(CommandLine command, string name)
    {
        string[] arguments = [Repository.GetMetadata(command.Program), .. command.Subcommand.Split(' '), "--help"];
        using var process = Process.Start(
            new ProcessStartInfo("dotnet", arguments.Where(argument => argument.Length > 0))
            {
                RedirectStandardOutput = true,
            })!;
        var help = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(
            process.ExitCode == 0 && help.Contains($"  {name} ", StringComparison.Ordinal),
            $"'{name} --help' does not describe {name}:\n{help}");
        return help;
    }
}
