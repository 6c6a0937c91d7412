using System.CommandLine;

namespace LuceneLsr.Tools.Trainer.Options;

/// <summary>Options that select judged collections.</summary>
internal static class CollectionOptions
{
    private const string Layout = "relative to --data (corpus.jsonl, queries.jsonl, qrels/)";

    public static Option<string> CreateCollection() => new("--collection")
    {
        Description = $"BEIR folder, {Layout}.",
        Required = true,
        HelpName = "DIR",
    };

    public static Option<string[]> CreateCollections() => new("--collection")
    {
        Description = $"BEIR folder, {Layout}. Can be repeated.",
        Required = true,
        AllowMultipleArgumentsPerToken = true,
        HelpName = "DIR",
    };

    public static Option<string> CreateSplit(string defaultValue) => new("--split")
    {
        Description = "Judgments to use: qrels/SPLIT.tsv.",
        DefaultValueFactory = _ => defaultValue,
    };
}
