using System.Diagnostics;
using LuceneLsr.Evaluation.Runs;
using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Tools.Benchmarks.Measurement;
using LuceneLsr.Tools.Benchmarks.Models;
using LuceneLsr.Torch;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Torch.Heads;
using LuceneLsr.Torch.Models;
using LuceneLsr.Torch.Weights;
using Spectre.Console;
using TorchSharp;

namespace LuceneLsr.Tools.Benchmarks.Encoders;

/// <summary>
/// Prints a model's encoding rate in each precision, next to the machine's rate of matrix multiplication in the same
/// run, and the memory that it needs.
/// </summary>
internal sealed class EncoderBenchmark(
    IReadOnlyList<Precision> precisions, IReadOnlyList<AttentionVariant> variants, IReadOnlyList<BatchShape> batches,
    Rounds rounds)
{
    private readonly (BatchShape Batch, AttentionVariant Variant)[] _cases =
        [.. batches.SelectMany(batch => variants.Select(variant => (batch, variant)))];

    public void Run(BenchmarkModel model)
    {
        using var stored = new RandomCheckpoint(model.Config);
        foreach (var precision in precisions)
        {
            Run(model, precision, stored);
        }
    }

    private void Run(BenchmarkModel model, Precision precision, RandomCheckpoint stored)
    {
        Checkpoint? loaded = null;
        var start = Stopwatch.GetTimestamp();
        var loading = ResidentMemory.Measure(() => loaded = Checkpoint.Load(stored.Path, precision));
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        using var checkpoint = loaded!;
        var decoder = checkpoint.Model;
        decoder.eval();
        AnsiConsole.MarkupLineInterpolated(
            $"[bold]{model.Name}, {precision}[/]: {stored.SizeInBytes / 1e6:F0} MB of BF16, loaded in {seconds:F1} s.");
        WriteMemory(loading, ResidentMemory.Measure(() => EncodeAll(decoder)));
        WriteSpeed(model, precision, decoder);
        if (precision is Precision.Float32 or Precision.BFloat16) // the other heads cannot multiply quantized weights
        {
            HeadBenchmark.Run(decoder, rounds);
        }
    }

    private void EncodeAll(LanguageModel model)
    {
        foreach (var (batch, variant) in _cases)
        {
            CreateEncoding(model, batch, variant)();
        }
    }

    private static void WriteMemory(ResidentMemory? loading, ResidentMemory? encoding)
    {
        if (loading is null || encoding is null)
        {
            return;
        }

        AnsiConsole.Write(new Table().RoundedBorder().Title("Resident memory in MB")
            .AddColumns("", "before", "peak")
            .AddRow("loading", $"{loading.Before / 1e6:F0}", $"{loading.Peak / 1e6:F0}")
            .AddRow("encoding", $"{encoding.Before / 1e6:F0}", $"{encoding.Peak / 1e6:F0}"));
    }

    private void WriteSpeed(BenchmarkModel model, Precision precision, LanguageModel decoder)
    {
        using var scope = torch.NewDisposeScope();
        using MatmulLimit fp32 = new(torch.ScalarType.Float32), bf16 = new(torch.ScalarType.BFloat16);
        var medians = rounds.MeasureMedians(
        [
            .. fp32.Works, .. bf16.Works,
            .. _cases.Select(each => CreateEncoding(decoder, each.Batch, each.Variant)),
        ]);
        var products = fp32.Works.Count;
        double fp32Rate = MatmulLimit.ComputeRate(medians[..products]),
            bf16Rate = MatmulLimit.ComputeRate(medians[products..(2 * products)]);
        var table = new Table().RoundedBorder()
            .Title($"{model.Name}, {precision}; matmul limit {fp32Rate:F0} GFLOP/s in FP32, {bf16Rate:F0} in BF16")
            .AddColumns("", "variant", "ms", "tokens/s", "GFLOP/s", "of FP32", "of BF16");
        foreach (var ((batch, variant), seconds) in _cases.Zip(medians[(2 * products)..]))
        {
            var rate = FlopCount.CountEncoding(model.Config, batch.Texts, batch.Length, variant) / seconds / 1e9;
            table.AddRow(
                batch.Name, $"{variant}", $"{seconds * 1e3:F1}", $"{batch.Tokens / seconds:F0}",
                $"{rate:F1}", $"{rate / fp32Rate:P0}", $"{rate / bf16Rate:P0}");
        }

        AnsiConsole.Write(table);
    }

    // The work of an encoder from the tokens of a batch to their weights.
    private static Action CreateEncoding(LanguageModel model, BatchShape batch, AttentionVariant variant)
    {
        var texts = batch.CreateTokens(model.Config.VocabSize);
        return () =>
        {
            using var tokens = TokenBatch.Create(texts, preceding: [], variant, torch.CPU);
            using var weights = PooledHead.ComputeWeights(model, tokens, new());
        };
    }
}
