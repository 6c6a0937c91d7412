using System.CommandLine;
using System.CommandLine.Parsing;
using System.Diagnostics;
using LuceneLsr.Onnx.Export;
using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Tools.Common;
using LuceneLsr.Tools.Common.Options;
using LuceneLsr.Tools.Trainer.Options;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Torch.Weights;
using LuceneLsr.Training.Phases;
using Spectre.Console;

namespace LuceneLsr.Tools.Trainer.Commands;

/// <summary>The command "export": a small checkpoint to ship, for TorchSharp or for ONNX Runtime.</summary>
internal sealed class ExportCommand
{
    private readonly Option<string> _from = CommonOptions.CreateFrom();
    private readonly Option<string> _output = CommonOptions.CreateOut();
    private readonly Option<WeightsFormat> _format = new Option<WeightsFormat>("--format")
    {
        Description = "File format of the weights: safetensors, or an ONNX model that pools its logits itself.",
        DefaultValueFactory = _ => WeightsFormat.Safetensors,
    }.AcceptNamesOf<WeightsFormat, WeightsFormat>();

    private readonly Option<Precision> _precision = new Option<Precision>("--precision")
    {
        Description = "Precision of the matrices.",
        DefaultValueFactory = _ => Precision.Int8,
    }.AcceptNamesOf<Precision, Precision>();

    private readonly Option<Precision?> _embeddings = CreatePartPrecision("--embedding-precision", "embeddings");
    private readonly Option<Precision?> _head = CreatePartPrecision("--head-precision", "head");
    private readonly Option<float?> _queryWord = CreateWordWeight(
        "--query-word-weight", "Weight in a query of a whole word that the vocabulary splits or lacks");

    private readonly Option<float?> _documentWord = CreateWordWeight(
        "--document-word-weight", "Weight in a document of a whole word that the vocabulary splits or lacks");

    private readonly Option<float?> _impactFactor = new Option<float?>("--impact-factor")
    {
        Description = "Impact units per unit of weight (default from the checkpoint).",
    }.Require(value => value is null or (> 0 and < float.PositiveInfinity), "finite and above zero");

    public static Command Create()
    {
        var export = new ExportCommand();
        var command = new Command("export", "Write a small checkpoint, with int8 matrices by default.")
        {
            export._from, export._output, export._format, export._precision, export._embeddings, export._head,
            export._queryWord, export._documentWord, export._impactFactor,
        };
        command.Validators.Add(export.Validate);
        command.SetWork((parsed, _) => export.Run(parsed));
        return command;
    }

    private void Validate(CommandResult result)
    {
        var format = result.GetValue(_format);
        if (format == WeightsFormat.Safetensors && (result.GetValue(_embeddings) ?? result.GetValue(_head)) is not null)
        {
            result.AddError($"{_embeddings.Name} and {_head.Name} require {_format.Name} onnx.");
        }

        Precision?[] precisions =
            [result.GetValue(_precision), result.GetValue(_embeddings), result.GetValue(_head)];
        if (format == WeightsFormat.Onnx && precisions.Contains(Precision.BFloat16))
        {
            result.AddError($"{_format.Name} onnx requires float32, int8 or int4, not bfloat16.");
        }
    }

    private void Run(ParseResult parsed)
    {
        var source = parsed.GetValue(_from)!;
        using var checkpoint = Checkpoint.Load(source);
        var directory = NewDirectory.Write(parsed.GetValue(_output)!, path =>
        {
            Write(parsed, checkpoint.WithSettings(OverrideSettings(parsed, checkpoint.Settings)), source, path);
            RunRecords.Copy(source, path);
        });
        AnsiConsole.MarkupLineInterpolated($"Wrote [bold]{directory}[/].");
    }

    private void Write(ParseResult parsed, Checkpoint checkpoint, string source, string directory)
    {
        var precision = parsed.GetValue(_precision);
        switch (parsed.GetValue(_format))
        {
            case WeightsFormat.Safetensors:
                checkpoint.SaveWithFilesFrom(source, directory, precision);
                break;
            case WeightsFormat.Onnx:
                OnnxExporter.Export(checkpoint, source, directory, new()
                {
                    Layers = precision,
                    Embeddings = parsed.GetValue(_embeddings) ?? precision,
                    Head = parsed.GetValue(_head) ?? precision,
                });
                break;
            default:
                throw new UnreachableException();
        }
    }

    private LsrSettings OverrideSettings(ParseResult parsed, LsrSettings settings) => settings with
    {
        WholeWordWeight = new PerSide<float>(
            parsed.GetValue(_queryWord) ?? settings.WholeWordWeight.Query,
            parsed.GetValue(_documentWord) ?? settings.WholeWordWeight.Document),
        ImpactFactor = parsed.GetValue(_impactFactor) ?? settings.ImpactFactor,
    };

    private static Option<Precision?> CreatePartPrecision(string name, string part) => new Option<Precision?>(name)
    {
        Description = $"Precision of the {part} in an ONNX model (default as the other matrices).",
    }.AcceptNamesOf<Precision?, Precision>();

    private static Option<float?> CreateWordWeight(string name, string description) =>
        new Option<float?>(name) { Description = $"{description} (default from the checkpoint)." }
            .Require(value => value is null or (>= 0 and < float.PositiveInfinity), "finite and not negative");
}
