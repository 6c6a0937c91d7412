using System.Text.RegularExpressions;

namespace LuceneLsr.Documentation.Tests.Pages;

/// <summary>A command line of a page that runs one of the programs.</summary>
/// <param name="Program">The program's name, such as "lsr-search".</param>
/// <param name="Arguments">Its arguments; quoted ones without their quotes.</param>
internal sealed partial record CommandLine(string Program, IReadOnlyList<string> Arguments)
{
    private static readonly Dictionary<string, string> ProgramOfProject = new()
    {
        ["tools/Search"] = "lsr-search",
        ["tools/Trainer"] = "lsr-train",
        ["tools/Catalog"] = "lsr-catalog",
        ["tools/Claims"] = "lsr-claims",
        ["tools/Cluster"] = "lsr-cluster",
        ["tools/Serve"] = "lsr-serve",
        ["tools/Soak"] = "lsr-soak",
        ["tools/Benchmarks"] = "lsr-bench",
    };

    /// <summary>Gets the names of the options that are given.</summary>
    public IEnumerable<string> Options =>
        Arguments.Where(argument => argument.StartsWith("--", StringComparison.Ordinal) && argument.Length > 2);

    /// <summary>Gets the subcommand, such as "search" or "edit add", or an empty string if there is none.</summary>
    public string Subcommand => Arguments switch
    {
        ["edit", var second, ..] when !second.StartsWith('-') => $"edit {second}",
        [var first, ..] when !first.StartsWith('-') => first,
        _ => "",
    };

    /// <summary>Finds the command lines of a page, in shell blocks and between backticks.</summary>
    public static IEnumerable<CommandLine> FindIn(MarkdownPage page) => page.Blocks
        .Where(block => block.Language == "sh")
        .SelectMany(block => Continuation().Replace(block.Code, " ").Split('\n'))
        .Concat(page.InlineCode)
        .Select(TryParse).OfType<CommandLine>();

    /// <summary>Parses a line of a shell; returns null if it runs none of the programs.</summary>
    public static CommandLine? TryParse(string line)
    {
        string[] words = [.. Word().Matches(Comment().Replace(line, "")).Select(match => match.Value.Trim('\'', '"'))];
        return words switch
        {
            ["dotnet", "run", .. var rest] => TryParseRun(rest),
            [var program, .. var arguments] when ProgramOfProject.ContainsValue(program) => new(program, arguments),
            _ => null,
        };
    }

    private static CommandLine? TryParseRun(string[] words)
    {
        var project = Array.IndexOf(words, "--project");
        var separator = Array.IndexOf(words, "--");
        return project >= 0 && ProgramOfProject.TryGetValue(words[project + 1], out var program)
            ? new CommandLine(program, separator < 0 ? [] : words[(separator + 1)..])
            : null;
    }

    [GeneratedRegex(@"\\\n\s*")]
    private static partial Regex Continuation();

    [GeneratedRegex(@"(^|\s)#.*$")]
    private static partial Regex Comment();

    [GeneratedRegex("""'[^']*'|"[^"]*"|\S+""")]
    private static partial Regex Word();
}
