namespace LuceneLsr.Tools.Tests.Support;

/// <summary>Exit code and output of a program.</summary>
internal sealed record ToolResult(int ExitCode, string Output, string Error)
{
    /// <summary>Gets the cells of the tables in the output, row by row.</summary>
    public IReadOnlyList<string[]> Rows =>
        [.. Output.Split('\n').Where(line => line.StartsWith('│'))
            .Select(line => line.Trim().Trim('│').Split('│', StringSplitOptions.TrimEntries))];

    /// <summary>Gets the output with each run of white space as one space, as if no line was wrapped.</summary>
    public string UnwrappedOutput =>
        string.Join(' ', Output.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Asserts that the program succeeded without errors.</summary>
    public ToolResult Succeeded()
    {
        Assert.Equal((0, ""), (ExitCode, Error));
        return this;
    }

    /// <summary>Asserts that the program failed with one line that contains the parts, without a stack trace.</summary>
    public void Failed(params string[] parts)
    {
        Assert.NotEqual(0, ExitCode);
        var line = Assert.Single(
            Error.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        Assert.All(parts, part => Assert.Contains(part, line, StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", Output + Error, StringComparison.Ordinal);
    }
}
