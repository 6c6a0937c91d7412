using System.CommandLine;
using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Tools.Common;
using LuceneLsr.Tools.Common.Options;
using LuceneLsr.Tools.Trainer.Options;
using LuceneLsr.Training.Data;
using LuceneLsr.Training.Lexical;
using LuceneLsr.Training.Models;
using Spectre.Console;

namespace LuceneLsr.Tools.Trainer.Commands;

/// <summary>The command "init": a small LM with a learned tokenizer and lexically initialized weights.</summary>
internal static class InitCommand
{
    private static readonly LexicalModelOptions Defaults = new();

    public static Command Create()
    {
        Option<string> data = CommonOptions.Data(), output = CommonOptions.Out();
        var texts = CommonOptions.Texts();
        Option<string> vectors = new("--vectors")
        {
            Description = "Folder with words.txt and vectors.f16, relative to --data.",
            Required = true,
        };
        var seed = new Option<int>("--seed")
        {
            Description = "Seed of the random directions.",
            DefaultValueFactory = _ => Defaults.Seed,
        };
        var variant = CommonOptions.Variant("Attention variant. Default: causal.");
        Option<string> pooling = new("--pooling")
        {
            Description = "Compute a term's weight from its largest logit (max) or from the sum of its positive "
                + "logits (sum).",
            DefaultValueFactory = _ => "sum",
        };
        pooling.AcceptOnlyFromAmong("max", "sum");
        var length = new Option<float>("--length-normalization")
        {
            Description = "Strength of document length normalization, like b in BM25.",
            DefaultValueFactory = _ => Defaults.LengthNormalization,
        }.Require(b => b is >= 0 and <= 1, "from 0 to 1");
        var command = new Command(
            "init", "Create a small LM: learn a tokenizer and initialize the weights from word vectors and IDF.")
        {
            data, texts, vectors, output, variant, pooling, length, seed,
        };
        var shape = new ShapeOptions(command);
        command.SetWork((parsed, cancellation) =>
        {
            var options = new LexicalModelOptions
            {
                Shape = shape.Read(parsed),
                Variant = parsed.GetValue(variant) ?? Defaults.Variant,
                Pooling = parsed.GetValue(pooling) == "max" ? TermPooling.Max : TermPooling.Sum,
                LengthNormalization = parsed.GetValue(length),
                Seed = parsed.GetValue(seed),
            };
            var directory = NewDirectory.Create(parsed.GetValue(output)!);
            AnsiConsole.Status().Start("Reading word vectors", status => LexicalModel.Create(
                () => TextFiles.ReadAll(parsed.GetValue(data)!, parsed.GetValue(texts)!),
                WordVectors.Load(Path.Combine(parsed.GetValue(data)!, parsed.GetValue(vectors)!)),
                options,
                directory,
                message => status.Status(Markup.Escape(message)),
                cancellation));
            AnsiConsole.MarkupLineInterpolated($"Wrote [bold]{directory}[/].");
        });
        return command;
    }
}
