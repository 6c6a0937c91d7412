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

/// <summary>
/// The command "init": a small LM with a learned tokenizer and lexically initialized weights, or a sparse encoder from
/// a pretrained sentence encoder.
/// </summary>
internal sealed class InitCommand
{
    private const string MaxPooling = "max";
    private const string SumPooling = "sum";

    private static readonly LexicalModelOptions Defaults = new();
    private static readonly SemanticModelOptions SemanticDefaults = new();

    private readonly Option<string> _data = CommonOptions.CreateData();
    private readonly Option<string[]> _texts = CommonOptions.CreateTexts();
    private readonly Option<string?> _vectors = new("--vectors")
    {
        Description = "Folder with words.txt and vectors.f16, relative to --data.",
    };

    private readonly Option<string?> _from = new("--from")
    {
        Description = "Directory of a pretrained sentence encoder to make a sparse encoder of, instead of a new LM.",
    };

    private readonly Option<double> _threshold = new Option<double>("--threshold")
    {
        Description = "With --from: the logit above which a term becomes active. Larger values make vectors sparser.",
        DefaultValueFactory = _ => SemanticDefaults.Threshold,
    }.Require(value => double.IsFinite(value) && value >= 0, "at least 0");

    private readonly Option<double> _idfPower = new Option<double>("--idf-power")
    {
        Description = "With --from: the power of IDF that terms are scaled by. 0 weighs common and rare words alike.",
        DefaultValueFactory = _ => SemanticDefaults.IdfPower,
    }.Require(value => value is >= 0 and <= 4, "from 0 to 4");

    private readonly Option<double> _lexicalBias = new Option<double>("--lexical-bias")
    {
        Description = "With --from: what the logit of a term of mean IDF gains in texts that contain the term.",
        DefaultValueFactory = _ => SemanticDefaults.LexicalBias,
    }.Require(value => double.IsFinite(value) && value >= 0, "at least 0");

    private readonly Option<float> _wholeWordWeight = new Option<float>("--whole-word-weight")
    {
        Description = "With --from: the weight of words that the vocabulary splits or lacks.",
        DefaultValueFactory = _ => SemanticDefaults.WholeWordWeight,
    }.Require(value => float.IsFinite(value) && value >= 0, "at least 0");

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
        Option[] semantic = [_threshold, _idfPower, _lexicalBias, _wholeWordWeight];
        Option[] lexical = [_variant, _pooling, _lengthNormalization, _seed];
        foreach (var option in (Option[])[_data, _texts, _vectors, _from, .. semantic, _output, .. lexical])
        {
            command.Add(option);
        }

        _shape = new ShapeOptions(command);
        command.Validators.Add(result =>
        {
            if (result.IsGiven(_vectors) == result.IsGiven(_from))
            {
                result.AddError(
                    $"Give either {_vectors.Name} (a new LM) or {_from.Name} (a pretrained sentence encoder).");
            }
        });
        command.Exclude(_vectors, semantic);
        command.Exclude(_from, [.. lexical, .. _shape.All]);
    }

    public static Command Create()
    {
        var command = new Command(
            "init",
            "Create a model to train: a small LM from word vectors, or a sparse encoder from a sentence encoder.");
        command.SetWork(new InitCommand(command).Run);
        return command;
    }

    private void Run(ParseResult parsed, CancellationToken cancellation)
    {
        var directory = NewDirectory.Write(
            parsed.GetValue(_output)!, path => WriteModel(parsed, path, cancellation));
        AnsiConsole.MarkupLineInterpolated($"Wrote [bold]{directory}[/].");
    }

    private void WriteModel(ParseResult parsed, string directory, CancellationToken cancellation) =>
        AnsiConsole.Status().Start("Starting", status =>
        {
            void Report(string message) => status.Status(Markup.Escape(message));
            if (parsed.GetValue(_from) is { } source)
            {
                SemanticModel.Create(
                    source, ReadTexts(parsed), ReadSemanticOptions(parsed), directory, Report, cancellation);
                return;
            }

            Report("Reading word vectors");
            var words = WordVectors.Load(Path.Combine(parsed.GetValue(_data)!, parsed.GetValue(_vectors)!));
            LexicalModel.Create(
                () => ReadTexts(parsed), words, ReadOptions(parsed), directory, Report, cancellation);
        });

    private IEnumerable<string> ReadTexts(ParseResult parsed) =>
        TextFiles.ReadAll(parsed.GetValue(_data)!, parsed.GetValue(_texts)!);

    private SemanticModelOptions ReadSemanticOptions(ParseResult parsed) => new()
    {
        Threshold = parsed.GetValue(_threshold),
        IdfPower = parsed.GetValue(_idfPower),
        LexicalBias = parsed.GetValue(_lexicalBias),
        WholeWordWeight = parsed.GetValue(_wholeWordWeight),
    };

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
