using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Tools.Common;
using LuceneLsr.Tools.Common.Options;
using LuceneLsr.Tools.Trainer.Options;
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
    private const string MeanPooling = "mean";
    private const string SumPooling = "sum";

    private static readonly LexicalModelOptions Defaults = new();

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

    private readonly Option<double?> _rowLength = new Option<double?>("--row-length")
    {
        Description = "With --from: the length of a head row of mean IDF (to the power of --idf-power). Larger values "
            + $"give larger weights to expansions. {DescribeDefault(options => options.RowLength)}",
    }.Require(value => value is null or (> 0 and < double.PositiveInfinity), "greater than 0");

    private readonly Option<double> _density = new Option<double>("--density")
    {
        Description = "With --from: the share of the texts' passages that each term is active in. Smaller values make "
            + "vectors sparser.",
        DefaultValueFactory = _ => SemanticModelOptions.Mean.Density,
    }.Require(value => value is > 0 and < 1, "greater than 0 and less than 1");

    private readonly Option<double?> _idfPower = new Option<double?>("--idf-power")
    {
        Description = "With --from: the power of IDF that terms are scaled by. 0 weighs common and rare words alike. "
            + DescribeDefault(options => options.IdfPower),
    }.Require(value => value is null or (>= 0 and <= 4), "from 0 to 4");

    private readonly Option<double> _lexicalWeight = new Option<double>("--lexical-weight")
    {
        Description = "With --from: the weight that a term of mean IDF gains in texts that contain it.",
        DefaultValueFactory = _ => SemanticModelOptions.Mean.LexicalWeight,
    }.Require(value => value is > 0 and < double.PositiveInfinity, "greater than 0");

    private readonly Option<float> _wholeWordWeight = new Option<float>("--whole-word-weight")
    {
        Description = "With --from: the weight of words that the vocabulary splits or lacks.",
        DefaultValueFactory = _ => SemanticModelOptions.Mean.WholeWordWeight,
    }.Require(value => float.IsFinite(value) && value >= 0, "at least 0");

    private readonly Option<string> _output = CommonOptions.CreateOut();
    private readonly Option<AttentionVariant?> _variant =
        CommonOptions.CreateVariant("Attention variant (default causal).");

    private readonly Option<string?> _pooling = new Option<string?>("--pooling")
    {
        Description = "Compute a term's weight from its largest logit (max), with --vectors from the sum of its "
            + "positive logits (sum, the default), or with --from from the mean state (mean, the default).",
    }.Accept(MaxPooling, MeanPooling, SumPooling);

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
        Option[] semantic = [_rowLength, _density, _idfPower, _lexicalWeight, _wholeWordWeight];
        Option[] lexical = [_variant, _lengthNormalization, _seed];
        foreach (var option in (Option[])[_data, _texts, _vectors, _from, _pooling, .. semantic, _output, .. lexical])
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
        command.Validators.Add(result => CheckPooling(result, _vectors, SumPooling));
        command.Validators.Add(result => CheckPooling(result, _from, MeanPooling));
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

    private static string DescribeDefault(Func<SemanticModelOptions, double> get) => string.Create(
        CultureInfo.InvariantCulture,
        $"(default {get(SemanticModelOptions.Mean)}, with --pooling max {get(SemanticModelOptions.Max)})");

    private IEnumerable<string> ReadTexts(ParseResult parsed) =>
        TextFiles.ReadAll(parsed.GetValue(_data)!, parsed.GetValue(_texts)!);

    // Each start has a pooling of its own. Max is common to both.
    private void CheckPooling(CommandResult result, Option start, string own)
    {
        var pooling = result.GetValue(_pooling);
        if (result.IsGiven(start) && pooling is not (null or MaxPooling) && pooling != own)
        {
            result.AddError($"{start.Name} needs {_pooling.Name} {own} or {MaxPooling}.");
        }
    }

    private SemanticModelOptions ReadSemanticOptions(ParseResult parsed)
    {
        var defaults = parsed.GetValue(_pooling) == MaxPooling ? SemanticModelOptions.Max : SemanticModelOptions.Mean;
        return defaults with
        {
            RowLength = parsed.GetValue(_rowLength) ?? defaults.RowLength,
            Density = parsed.GetValue(_density),
            IdfPower = parsed.GetValue(_idfPower) ?? defaults.IdfPower,
            LexicalWeight = parsed.GetValue(_lexicalWeight),
            WholeWordWeight = parsed.GetValue(_wholeWordWeight),
        };
    }

    private LexicalModelOptions ReadOptions(ParseResult parsed) => new()
    {
        Shape = _shape.Read(parsed),
        Variant = parsed.GetValue(_variant) ?? Defaults.Variant,
        Pooling = parsed.GetValue(_pooling) == MaxPooling ? TermPooling.Max : TermPooling.Sum,
        LengthNormalization = parsed.GetValue(_lengthNormalization),
        Seed = parsed.GetValue(_seed),
    };
}
