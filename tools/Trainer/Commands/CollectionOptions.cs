using System.CommandLine;

namespace LuceneLsr.Tools.Trainer.Commands;

/// <summary>Options that name judged collections.</summary>
internal static class CollectionOptions
{
    private const string Layout = "under the data folder (corpus.jsonl, queries.jsonl, qrels/)";

    public static Option<string> Collection() => new("--collection")
    {
        Description = $"BEIR folder {Layout}.",
        Required = true,
        HelpName = "DIR",
    };

    public static Option<string[]> Collections() => new("--collection")
    {
        Description = $"BEIR folder {Layout}; may be repeated.",
        Required = true,
        AllowMultipleArgumentsPerToken = true,
        HelpName = "DIR",
    };

    public static Option<string> Split(string value) => new("--split")
    {
        Description = "Judgments to use: qrels/SPLIT.tsv.",
        DefaultValueFactory = _ => value,
    };
}
