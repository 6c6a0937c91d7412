using System.CommandLine;
using LuceneLsr.Encoding;
using LuceneLsr.Training.Data;
using LuceneLsr.Training.Lexical;
using LuceneLsr.Training.Phases;
using LuceneLsr.Tools.Shared;
using Spectre.Console;

namespace LuceneLsr.Tools.Trainer.Commands;

/// <summary>"init": a new small LM with a learned tokenizer and the lexical start.</summary>
internal static class InitCommand
{
    private static readonly InitializationOptions Defaults = new();

    public static Command Create()
    {
        Option<string> data = CommonOptions.Data(), output = CommonOptions.Out();
        var texts = CommonOptions.Texts();
        Option<string> vectors = new("--vectors")
        {
            Description = "Folder with words.txt and vectors.f16, under the data folder.",
            Required = true,
        };
        var vocabulary = Number("--vocabulary", "Tokens to learn.", Defaults.VocabularySize);
        var hidden = Number("--hidden", "Width of the model.", Defaults.HiddenSize);
        var intermediate = Number("--intermediate", "Width of its feed-forward layers.", Defaults.IntermediateSize);
        var layers = Number("--layers", "Decoder layers.", Defaults.Layers);
        var heads = Number("--heads", "Attention heads.", Defaults.Heads);
        var seed = Number("--seed", "Seed of the random directions.", Defaults.Seed);
        Option<string> variant = new("--variant")
        {
            Description = "How far a position sees.",
            DefaultValueFactory = _ => "causal",
        };
        variant.AcceptOnlyFromAmong("causal", "bi", "echo");
        Option<string> pooling = new("--pooling")
        {
            Description = "Whether a term's weight comes from its largest logit or from the sum of its positive ones.",
            DefaultValueFactory = _ => "sum",
        };
        pooling.AcceptOnlyFromAmong("max", "sum");
        var length = new Option<float>("--length-normalization")
        {
            Description = "How much a document's length counts: BM25's b.",
            DefaultValueFactory = _ => Defaults.LengthNormalization,
        }.Require(b => b is >= 0 and <= 1, "from 0 to 1");
        var command = new Command(
            "init", "Makes a small LM: learns a tokenizer and sets the weights to the lexical start.")
        {
            data, texts, vectors, output, vocabulary, hidden, intermediate, layers, heads, variant, pooling, length, seed,
        };
        command.SetWork((parsed, cancellation) =>
        {
            var options = new InitializationOptions
            {
                VocabularySize = parsed.GetValue(vocabulary),
                HiddenSize = parsed.GetValue(hidden),
                IntermediateSize = parsed.GetValue(intermediate),
                Layers = parsed.GetValue(layers),
                Heads = parsed.GetValue(heads),
                Variant = parsed.GetValue(variant) switch
                {
                    "bi" => AttentionVariant.Bidirectional,
                    "echo" => AttentionVariant.Echo,
                    _ => AttentionVariant.Causal,
                },
                Pooling = parsed.GetValue(pooling) == "max" ? TermPooling.Max : TermPooling.Sum,
                LengthNormalization = parsed.GetValue(length),
                Seed = parsed.GetValue(seed),
            };
            string[] paths = [.. parsed.GetValue(texts)!.Select(text => Path.Combine(parsed.GetValue(data)!, text))];
            var directory = NewDirectory.Create(parsed.GetValue(output)!);
            AnsiConsole.Status().Start("Reading word vectors", status => Initialization.Run(
                () => paths.SelectMany(TextFiles.Read),
                WordVectors.Load(Path.Combine(parsed.GetValue(data)!, parsed.GetValue(vectors)!)),
                options,
                directory,
                message => status.Status(Markup.Escape(message)),
                cancellation));
            AnsiConsole.MarkupLineInterpolated($"Wrote [bold]{directory}[/].");
        });
        return command;
    }

    private static Option<int> Number(string name, string description, int value) =>
        new(name) { Description = description, DefaultValueFactory = _ => value };
}
