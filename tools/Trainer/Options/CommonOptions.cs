using System.CommandLine;
using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Tools.Common.Options;
using LuceneLsr.Torch.Checkpoints;

namespace LuceneLsr.Tools.Trainer.Options;

/// <summary>Options that several commands share.</summary>
internal static class CommonOptions
{
    private static readonly Dictionary<string, AttentionVariant?> Variants = new(StringComparer.Ordinal)
    {
        ["causal"] = AttentionVariant.Causal,
        ["bi"] = AttentionVariant.Bidirectional,
        ["echo"] = AttentionVariant.Echo,
    };

    public static Option<string> CreateFrom() => DirectoryOption.Create(
        "--from", "Checkpoint directory to start from.");

    public static Option<string> CreateOut() => DirectoryOption.Create(
        "--out", "Checkpoint directory to write. It must be empty or not exist.");

    public static Option<string> CreateData() => DirectoryOption.Create(
        "--data", "Folder that the paths of texts and pairs are relative to.");

    public static Option<string[]> CreateTexts() => new("--text")
    {
        Description = "BEIR folder or .jsonl(.gz) file of {\"text\"} objects, relative to --data. Can be repeated.",
        Required = true,
        AllowMultipleArgumentsPerToken = true,
    };

    public static Option<AttentionVariant?> CreateVariant(string description)
    {
        var option = new Option<AttentionVariant?>("--variant")
        {
            Description = description,
            CustomParser = result => Variants.GetValueOrDefault(result.Tokens[0].Value),
        };
        return option.Accept([.. Variants.Keys]);
    }
}
