using System.CommandLine;
using LuceneLsr.Encoding;
using LuceneLsr.Torch;

namespace LuceneLsr.Tools.Search.Commands;

/// <summary>Options that several commands share.</summary>
internal static class CommonOptions
{
    public static Option<string> Checkpoint() => new("--checkpoint")
    {
        Description = "Checkpoint directory; the built-in one by default.",
        DefaultValueFactory = _ => BuiltIn.Checkpoint,
        HelpName = "DIR",
    };

    public static Option<string> Collection() => new("--collection")
    {
        Description = "BEIR folder (corpus.jsonl, queries.jsonl, qrels/); the built-in one by default.",
        DefaultValueFactory = _ => BuiltIn.Collection,
        HelpName = "DIR",
    };

    public static Option<string> Device() => new("--device")
    {
        Description = "Where the model runs: cpu, cuda or cuda:n.",
        DefaultValueFactory = _ => "cpu",
    };

    public static Option<TextSide> Side(TextSide value)
    {
        Option<TextSide> side = new("--side")
        {
            Description = "Read the text as a query or as a document.",
            DefaultValueFactory = _ => value,
        };
        side.Validators.Add(result =>
        {
            if (!Enum.IsDefined(result.GetValue(side)))
            {
                result.AddError("--side must be query or document.");
            }
        });
        return side;
    }

    public static Option<int> Top(string description, int value)
    {
        Option<int> top = new("--top") { Description = description, DefaultValueFactory = _ => value };
        top.Validators.Add(result =>
        {
            if (result.GetValue(top) < 1)
            {
                result.AddError("--top must be at least 1.");
            }
        });
        return top;
    }

    public static TorchSparseEncoder LoadEncoder(
        ParseResult parsed, Option<string> checkpoint, Option<string> device) =>
        TorchSparseEncoder.Load(parsed.GetValue(checkpoint)!, parsed.GetValue(device)!);
}
