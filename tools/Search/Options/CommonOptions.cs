using System.CommandLine;
using LuceneLsr.Tools.Common.Options;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Torch.Weights;

namespace LuceneLsr.Tools.Search.Options;

/// <summary>Creates options of several commands.</summary>
internal static class CommonOptions
{
    public static Option<string> CreateCheckpoint() => new("--checkpoint")
    {
        Description = "Checkpoint directory.",
        DefaultValueFactory = _ => BuiltIn.Checkpoint,
        HelpName = "DIR",
    };

    public static Option<string> CreateCollection() => new("--collection")
    {
        Description = "BEIR folder with corpus.jsonl, queries.jsonl and qrels.",
        DefaultValueFactory = _ => BuiltIn.Collection,
        HelpName = "DIR",
    };

    public static Option<string> CreateSplit() => new("--split")
    {
        Description = "Judgments to use, from qrels/SPLIT.tsv.",
        DefaultValueFactory = _ => "test",
    };

    public static Option<int> CreateTop(string description, int value) =>
        new Option<int>("--top") { Description = description, DefaultValueFactory = _ => value }
            .Require(top => top >= 1, "at least 1");

    public static Option<string?> CreateQuery(string description) =>
        new Option<string?>("--query") { Description = description, HelpName = "TEXT" }
            .Require(query => query is null || !string.IsNullOrWhiteSpace(query), "at least one word");

    public static Option<float?> CreateImpactFactor(string description) =>
        new Option<float?>("--impact-factor") { Description = description, HelpName = "N" }
            .Require(factor => factor is null or (> 0 and < float.PositiveInfinity), "greater than 0");

    public static Option<Precision> CreatePrecision(string description, Precision value) =>
        new Option<Precision>("--precision") { Description = description, DefaultValueFactory = _ => value }
            .AcceptNamesOf<Precision, Precision>();
}
