namespace LuceneLsr.Tools.Tests.Support;

/// <summary>What a program left behind.</summary>
internal sealed record ToolResult(int ExitCode, string Output, string Error)
{
    /// <summary>The rows of the tables in the output, cell by cell.</summary>
    public IReadOnlyList<string[]> Rows =>
        [.. Output.Split('\n').Where(line => line.StartsWith('│'))
            .Select(line => line.Trim().Trim('│').Split('│', StringSplitOptions.TrimEntries))];

    /// <summary>The program did what it was asked for, and had nothing to complain about.</summary>
    public ToolResult Succeeded()
    {
        Assert.Equal((0, ""), (ExitCode, Error));
        return this;
    }

    /// <summary>The program ended with an error, stated in one line that holds all this, and no stack trace.</summary>
    public void Failed(params string[] parts)
    {
        Assert.NotEqual(0, ExitCode);
        var line = Assert.Single(
            Error.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        Assert.All(parts, part => Assert.Contains(part, line, StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", Output + Error, StringComparison.Ordinal);
    }
}
