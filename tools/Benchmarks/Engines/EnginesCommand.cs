using System.CommandLine;
using LuceneLsr.Evaluation.Collections;
using LuceneLsr.Onnx;
using LuceneLsr.Tokenization.Queries;
using LuceneLsr.Tools.Benchmarks.Measurement;
using LuceneLsr.Tools.Benchmarks.Models;
using LuceneLsr.Tools.Common;
using LuceneLsr.Tools.Common.Options;
using LuceneLsr.Torch.Checkpoints;

namespace LuceneLsr.Tools.Benchmarks.Engines;

/// <summary>The command <c>engines</c>: times a checkpoint on TorchSharp and on ONNX Runtime.</summary>
internal static class EnginesCommand
{
    public static Command Create()
    {
        var checkpoint = DirectoryOption.Create("--checkpoint", "Checkpoint with weights as safetensors.");
        var collection = DirectoryOption.Create("--collection", "BEIR folder whose documents are encoded.");
        var documents = new Option<int>("--documents")
        {
            Description = "Number of documents to encode at once.",
            DefaultValueFactory = _ => 64,
        }.Require(count => count >= 1, "at least 1");
        var dense = new Option<string?>("--dense")
        {
            Description = "Directory of a sentence encoder in ONNX format to time on the same texts.",
            HelpName = "DIR",
        };
        var seconds = ModelOptions.CreateSeconds();
        var command = new Command(
            "engines",
            "Time one query of 8 words, and documents, on TorchSharp and on ONNX Runtime in each precision.")
        {
            checkpoint, collection, documents, dense, seconds,
        };
        var threads = new ThreadsOption(command);
        command.SetWork((parsed, cancellation) =>
        {
            threads.Apply(parsed);
            var source = parsed.GetValue(checkpoint)!;
            var runtime = new OnnxOptions { Threads = threads.Get(parsed) ?? 0 };
            using var loaded = Checkpoint.Load(source);
            using var teacher = parsed.GetValue(dense) is { } directory
                ? OnnxDenseEncoder.Load(directory, runtime: runtime)
                : null;
            using var table = File.Exists(Path.Combine(source, QueryWeights.FileName))
                ? InferenceFreeQueryEncoder.Load(source)
                : null;
            string[] texts = [.. BeirCollection.ReadCorpus(parsed.GetValue(collection)!)
                .Take(parsed.GetValue(documents)).Select(document => document.Contents)];
            new EngineBenchmark(
                texts, runtime, new Rounds(TimeSpan.FromSeconds(parsed.GetValue(seconds)), cancellation))
                .Run(loaded, source, teacher, table);
        });
        return command;
    }
}
