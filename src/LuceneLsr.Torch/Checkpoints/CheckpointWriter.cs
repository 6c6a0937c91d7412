using System.Diagnostics;
using LuceneLsr.Tokenization.Layouts;
using LuceneLsr.Tokenization.Queries;
using LuceneLsr.Tokenization.Terms;
using LuceneLsr.Tokenization.Tokenizers;
using LuceneLsr.Torch.Configs;
using LuceneLsr.Torch.Models;
using LuceneLsr.Torch.Weights;
using static TorchSharp.torch;

namespace LuceneLsr.Torch.Checkpoints;

/// <summary>Writes checkpoint directories.</summary>
internal static class CheckpointWriter
{
    /// <summary>Writes configuration, settings, terms, lexical weights and the model's weights.</summary>
    public static void Save(Checkpoint checkpoint, string directory, Precision precision)
    {
        _ = checkpoint.Model.HeadWeight; // throws if the model is quantized
        SaveWithoutWeights(checkpoint, directory);
        using var scope = NewDisposeScope();
        var tensors = checkpoint.Model.GetMergedWeights()
            .SelectMany(weight => Convert(checkpoint.Config.Names, weight.Name, weight.Value, precision));
        SafetensorsWriter.Write(Path.Combine(directory, Checkpoint.WeightsFileName), [.. tensors]);
    }

    /// <summary>Writes configuration, settings, terms and lexical weights.</summary>
    public static void SaveWithoutWeights(Checkpoint checkpoint, string directory)
    {
        Directory.CreateDirectory(directory);
        checkpoint.Model.Config.Save(directory);
        checkpoint.Settings.Save(directory);
        checkpoint.Terms.Save(directory);
        checkpoint.Space.LexicalWeights?.Save(directory);
    }

    /// <summary>
    /// Copies the tokenizer and, if there is one, the table of query weights. That of a public model is converted.
    /// </summary>
    public static void CopyTextFiles(string source, string directory)
    {
        var layout = CheckpointLayout.Read(source);
        TextTokenizer.CopyFiles(layout.ModelDirectory, directory);
        var queryWeights = Path.Combine(source, QueryWeights.FileName);
        if (layout.QueryTable is { } table)
        {
            QueryWeights.Load(table, TermSpace.Load(source, layout)).Save(directory);
        }
        else if (File.Exists(queryWeights))
        {
            File.Copy(queryWeights, Path.Combine(directory, QueryWeights.FileName), overwrite: true);
        }
    }

    private static IEnumerable<(string Name, Tensor Value)> Convert(
        ModuleNames names, string name, Tensor value, Precision precision)
    {
        using var noGrad = no_grad();
        var isMatrix = value.dim() == 2;
        return precision switch
        {
            Precision.Float32 => [(name, value.to(ScalarType.Float32))],
            Precision.BFloat16 => [(name, value.to(ScalarType.BFloat16))],
            Precision.Int8 or Precision.Int4 when !isMatrix => [(name, value.to(ScalarType.BFloat16))],
            Precision.Int8 or Precision.Int4 => Quantize(names, name, value, precision),
            _ => throw new UnreachableException(),
        };
    }

    private static IEnumerable<(string Name, Tensor Value)> Quantize(
        ModuleNames names, string name, Tensor matrix, Precision precision)
    {
        var (values, scales) = MatrixPrecision.Resolve(precision, names, name, matrix.shape[1]) == Precision.Int8
            ? RowQuantization.Quantize(matrix)
            : GroupQuantization.Quantize(matrix);
        return [(name, values), (name + RowQuantization.ScaleSuffix, scales)];
    }
}
