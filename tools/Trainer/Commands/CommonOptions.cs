using System.CommandLine;

namespace LuceneLsr.Tools.Trainer.Commands;

/// <summary>Options that several commands share.</summary>
internal static class CommonOptions
{
    public static Option<string> From() => new("--from") { Description = "Checkpoint directory to start from.", Required = true };

    public static Option<string> Out() => new("--out") { Description = "New checkpoint directory; must be empty or absent.", Required = true };

    public static Option<string> Data() => new("--data") { Description = "Folder that the paths of texts and recipes are relative to.", Required = true };

    public static Option<string[]> Texts() => new("--text")
    {
        Description = "BEIR folder, or .jsonl(.gz) file of {\"text\"}, under the data folder; may be repeated.",
        Required = true,
        AllowMultipleArgumentsPerToken = true,
    };

    public static Option<string> Device() => new("--device") { Description = "cpu, cuda or cuda:n.", DefaultValueFactory = _ => "cpu" };

    /// <summary>The directory, created, unless something is in it: a run never writes over another's results.</summary>
    public static string EmptyDirectory(string path)
    {
        if (Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any())
        {
            throw new IOException($"{path} is not empty. Name a new directory, or remove this one first.");
        }

        return Directory.CreateDirectory(path).FullName;
    }
}
