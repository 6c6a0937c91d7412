using LuceneLsr.Onnx;
using LuceneLsr.Onnx.Export;
using LuceneLsr.Tools.Benchmarks.Measurement;
using LuceneLsr.Torch;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Torch.Weights;
using Spectre.Console;

namespace LuceneLsr.Tools.Benchmarks.Engines;

/// <summary>Times engines on the same texts, in turn, and compares their vectors with TorchSharp's.</summary>
/// <param name="texts">The documents.</param>
/// <param name="runtime">How ONNX Runtime runs models.</param>
/// <param name="rounds">Measures the times.</param>
internal sealed class EngineBenchmark(string[] texts, OnnxOptions runtime, Rounds rounds)
{
    private const string Query = "turn scanned pages of a book into text";

    private static readonly (string Name, OnnxExportOptions Options)[] Exports =
    [
        ("ONNX float32", OnnxExportOptions.All(Precision.Float32)),
        ("ONNX int8", OnnxExportOptions.All(Precision.Int8)),
        ("ONNX int8, embeddings and head int4",
            new() { Layers = Precision.Int8, Embeddings = Precision.Int4, Head = Precision.Int4 }),
    ];

    /// <summary>Runs the benchmark and prints a table.</summary>
    /// <param name="checkpoint">The checkpoint.</param>
    /// <param name="source">The directory of the checkpoint.</param>
    /// <param name="dense">A sentence encoder to time, too, or null.</param>
    /// <param name="table">An encoder of queries without a model to time, too, or null.</param>
    public void Run(Checkpoint checkpoint, string source, IDenseEncoder? dense, ISparseEncoder? table)
    {
        var folder = Directory.CreateTempSubdirectory("lsr-bench-");
        var encoders = new List<(string Name, ISparseEncoder Encoder)>();
        try
        {
            encoders.Add(("TorchSharp float32", new TorchSparseEncoder(checkpoint)));
            encoders.AddRange(Exports.Select(export =>
                (export.Name, Load(checkpoint, source, Path.Combine(folder.FullName, export.Name), export.Options))));
            Write(encoders, dense, table);
        }
        finally
        {
            encoders.ForEach(one => one.Encoder.Dispose());
            folder.Delete(recursive: true);
        }
    }

    private ISparseEncoder Load(Checkpoint checkpoint, string source, string directory, OnnxExportOptions options)
    {
        OnnxExporter.Export(checkpoint, source, directory, options);
        return OnnxSparseEncoder.Load(directory, runtime);
    }

    private void Write(
        List<(string Name, ISparseEncoder Encoder)> encoders, IDenseEncoder? dense, ISparseEncoder? table)
    {
        var expected = encoders[0].Encoder.Encode(texts, TextSide.Document);
        List<string> names = [.. encoders.Select(one => one.Name)];
        List<string> cosines = [.. encoders.Select(one => $"{CompareVectors(expected, one.Encoder):F4}")];
        List<Action> queries = [.. encoders.Select(one => Encode(one.Encoder, [Query], TextSide.Query))];
        List<Action> documents = [.. encoders.Select(one => Encode(one.Encoder, texts, TextSide.Document))];
        if (dense is not null)
        {
            names.Add("sentence encoder");
            cosines.Add("");
            queries.Add(() => dense.Encode([Query], TextSide.Query));
            documents.Add(() => dense.Encode(texts, TextSide.Document));
        }

        if (table is not null)
        {
            names.Add("query table");
            cosines.Add("");
            queries.Add(Encode(table, [Query], TextSide.Query));
        }

        WriteTable(names, cosines, rounds.MeasureMedians(queries), rounds.MeasureMedians(documents));
    }

    private void WriteTable(List<string> names, List<string> cosines, double[] querySeconds, double[] documentSeconds)
    {
        var table = new Table().AddColumns("", "ms/query", "Speed", "Documents/s", "Speed", "Mean cosine");
        foreach (var (index, name) in names.Index())
        {
            table.AddRow(
                name, $"{1000 * querySeconds[index]:F2}", $"{querySeconds[0] / querySeconds[index]:F2}x",
                index < documentSeconds.Length ? $"{texts.Length / documentSeconds[index]:F1}" : "",
                index < documentSeconds.Length ? $"{documentSeconds[0] / documentSeconds[index]:F2}x" : "",
                cosines[index]);
        }

        AnsiConsole.Write(table);
    }

    private static Action Encode(ISparseEncoder encoder, string[] texts, TextSide side) =>
        () => encoder.Encode(texts, side);

    // The mean cosine of the vectors of both encoders.
    private double CompareVectors(IReadOnlyList<SparseVector> expected, ISparseEncoder encoder) => expected
        .Zip(encoder.Encode(texts, TextSide.Document), ComputeCosine).Average();

    private static double ComputeCosine(SparseVector first, SparseVector second)
    {
        var weights = first.Entries.ToDictionary(entry => entry.Term, entry => entry.Weight, StringComparer.Ordinal);
        var product = second.Entries.Sum(entry => (double)entry.Weight * weights.GetValueOrDefault(entry.Term));
        return product / (ComputeLength(first) * ComputeLength(second));
    }

    private static double ComputeLength(SparseVector vector) =>
        Math.Sqrt(vector.Entries.Sum(entry => (double)entry.Weight * entry.Weight));
}
