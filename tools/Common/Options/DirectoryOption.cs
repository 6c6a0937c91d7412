using System.CommandLine;

namespace LuceneLsr.Tools.Common.Options;

/// <summary>Creates required options for directories.</summary>
public static class DirectoryOption
{
    public static Option<string> Create(string name, string description) =>
        new Option<string>(name) { Description = description, Required = true, HelpName = "DIR" }
            .Require(path => !string.IsNullOrWhiteSpace(path), "the path of a directory");
}
