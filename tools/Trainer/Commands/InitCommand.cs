using System.CommandLine;
using System.Diagnostics;
using LuceneLsr.Evaluation.Runs;
using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Tools.Common;
using LuceneLsr.Tools.Common.Options;
using LuceneLsr.Tools.Trainer.Options;
using LuceneLsr.Torch.Heads;
using LuceneLsr.Training.Data;
using LuceneLsr.Training.Lexical;
using LuceneLsr.Training.Models;
using Spectre.Console;

namespace LuceneLsr.Tools.Trainer.Commands;

/// <summary>The command "init": a small LM with a learned tokenizer and lexically initialized weights.</summary>
internal sealed class InitCommand
{
    private const string MaxPooling = "max";
    private const string SumPooling = "sum";

    private static readonly LexicalModelOptions Defaults = new();

    private readonly Option<string> _data = CommonOptions.CreateData();
    private readonly Option<string[]> _texts = CommonOptions.CreateTexts();
    private readonly Option<string> _vectors = new("--vectors")
    {
        Description = "Folder with words.txt and vectors.f16, relative to --data.",
        Required = true,
    };

    private readonly Option<string> _output = CommonOptions.CreateOut();
    private readonly Option<AttentionVariant?> _variant =
        CommonOptions.CreateVariant("Attention variant (default causal).");

    private readonly Option<string> _pooling = new Option<string>("--pooling")
    {
        Description = "Compute a term's weight from its largest logit (max) or from the sum of its positive logits "
            + "(sum).",
        DefaultValueFactory = _ => SumPooling,
    }.AcceptOnlyFromAmong(MaxPooling, SumPooling);

    private readonly Option<float> _lengthNormalization = new Option<float>("--length-normalization")
    {
        Description = "Strength of document length normalization, like b in BM25.",
        DefaultValueFactory = _ => Defaults.LengthNormalization,
    }.Require(b => b is >= 0 and <= 1, "from 0 to 1");

    private readonly Option<int> _seed = new("--seed")
    {
        Description = "Seed of the random directions.",
        DefaultValueFactory = _ => Defaults.Seed,
    };

    private readonly ShapeOptions _shape;

    private InitCommand(Command command)
    {
        foreach (var option in new Option[]
        {
            _data, _texts, _vectors, _output, _variant, _pooling, _lengthNormalization, _seed,
        })
        {
            command.Add(option);
        }

        _shape = new ShapeOptions(command);
    }

    public static Command Create()
    {
        var command = new Command(
            "init", "Create a small LM: learn a tokenizer and initialize the weights from word vectors and IDF.");
        command.SetWork(new InitCommand(command).Run);
        return command;
    }

    private void Run(ParseResult parsed, CancellationToken cancellation)
    {
        var options = ReadOptions(parsed);
        var data = parsed.GetValue(_data)!;
        var directory = NewDirectory.Create(parsed.GetValue(_output)!);
        AnsiConsole.Status().Start("Reading word vectors", status => LexicalModel.Create(
            () => TextFiles.ReadAll(data, parsed.GetValue(_texts)!),
            WordVectors.Load(Path.Combine(data, parsed.GetValue(_vectors)!)),
            options,
            directory,
            message => status.Status(Markup.Escape(message)),
            cancellation));
        AnsiConsole.MarkupLineInterpolated($"Wrote [bold]{directory}[/].");
    }

    private LexicalModelOptions ReadOptions(ParseResult parsed) => new()
    {
        Shape = _shape.Read(parsed),
        Variant = parsed.GetValue(_variant) ?? Defaults.Variant,
        Pooling = parsed.GetValue(_pooling) switch
        {
            MaxPooling => TermPooling.Max,
            SumPooling => TermPooling.Sum,
            var unknown => throw new UnreachableException($"Unknown pooling: {unknown}."),
        },
        LengthNormalization = parsed.GetValue(_lengthNormalization),
        Seed = parsed.GetValue(_seed),
    };
}
