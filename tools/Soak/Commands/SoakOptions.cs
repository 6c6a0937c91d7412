using System.CommandLine;
using LuceneLsr.Tools.Common.Options;

namespace LuceneLsr.Tools.Soak.Commands;

/// <summary>Creates options of several commands.</summary>
internal static class SoakOptions
{
    /// <summary>A number of runs or cases.</summary>
    public static Option<int> CreateCount(string name, string description, int value) =>
        new Option<int>(name) { Description = description, DefaultValueFactory = _ => value }
            .Require(count => count >= 1, "at least 1");

    /// <summary>The seed of all random choices.</summary>
    public static Option<int> CreateSeed() => new("--seed")
    {
        Description = "Seed of the random choices. The same seed makes the same cases.",
        DefaultValueFactory = _ => 1,
    };

    /// <summary>The work folder.</summary>
    public static Option<string?> CreateFolder() => new("--folder")
    {
        Description = "Work folder, which must be empty or not exist (default a temporary one, removed at the end).",
        HelpName = "DIR",
    };
}
