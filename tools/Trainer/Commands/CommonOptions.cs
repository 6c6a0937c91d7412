using System.CommandLine;

namespace LuceneLsr.Tools.Trainer.Commands;

/// <summary>Options that several commands share.</summary>
internal static class CommonOptions
{
    public static Option<string> From() => Directory("--from", "Checkpoint directory to start from.");

    public static Option<string> Out() => Directory("--out", "New checkpoint directory; must be empty or absent.");

    public static Option<string> Data() => Directory("--data", "Folder that paths of texts and pairs are relative to.");

    public static Option<string[]> Texts() => new("--text")
    {
        Description = "BEIR folder, or .jsonl(.gz) file of {\"text\"}, under the data folder; may be repeated.",
        Required = true,
        AllowMultipleArgumentsPerToken = true,
    };

    public static Option<string> Device() => new("--device")
    {
        Description = "Where the model runs: cpu, cuda or cuda:n.",
        DefaultValueFactory = _ => "cpu",
    };

    private static Option<string> Directory(string name, string description) =>
        new(name) { Description = description, Required = true, HelpName = "DIR" };
}
