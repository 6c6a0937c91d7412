using System.Diagnostics;
using LuceneLsr.Evaluation.Runs;
using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Torch;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Torch.Heads;
using LuceneLsr.Torch.Models;
using LuceneLsr.Torch.Weights;
using Spectre.Console;
using TorchSharp;

namespace LuceneLsr.Tools.Benchmarks.Encoders;

/// <summary>
/// What a model of a shape encodes a second, in each precision, beside what the machine multiplies in the same run, and
/// the memory that it takes.
/// </summary>
internal sealed class EncoderBenchmark(
    IReadOnlyList<Precision> precisions, IReadOnlyList<AttentionVariant> variants, IReadOnlyList<BatchShape> batches,
    Rounds rounds)
{
    public void Run(ModelShape shape)
    {
        using var stored = new RandomCheckpoint(shape.Config);
        foreach (var precision in precisions)
        {
            Checkpoint? loaded = null;
            var start = Stopwatch.GetTimestamp();
            var loading = ResidentMemory.Of(() => loaded = Checkpoint.Load(stored.Path, precision));
            var time = Stopwatch.GetElapsedTime(start);
            using var checkpoint = loaded!;
            var model = checkpoint.Model;
            model.eval();
            double size = stored.SizeInBytes / 1e6, seconds = time.TotalSeconds;
            AnsiConsole.MarkupLineInterpolated(
                $"[bold]{shape.Name}, {precision}[/]: {size:F0} MB of BF16 on disk, loaded in {seconds:F1} s.");
            WriteMemory(loading, ResidentMemory.Of(() => EncodeAll(model)));
            WriteSpeed(shape, precision, model);
            if (precision is Precision.Float32 or Precision.BFloat16) // a naive head multiplies floats
            {
                HeadBenchmark.Run(model, rounds);
            }
        }
    }

    private void EncodeAll(CausalLanguageModel model)
    {
        foreach (var (batch, variant) in Cases())
        {
            Encoding(model, batch, variant)();
        }
    }

    private static void WriteMemory(ResidentMemory? loading, ResidentMemory? encoding)
    {
        if (loading is null || encoding is null)
        {
            return;
        }

        AnsiConsole.Write(new Table().RoundedBorder().Title("resident memory in MB")
            .AddColumns("", "before", "peak")
            .AddRow("loading", $"{loading.Before / 1e6:F0}", $"{loading.Peak / 1e6:F0}")
            .AddRow("encoding", $"{encoding.Before / 1e6:F0}", $"{encoding.Peak / 1e6:F0}"));
    }

    private void WriteSpeed(ModelShape shape, Precision precision, CausalLanguageModel model)
    {
        using var scope = torch.NewDisposeScope();
        using MatmulLimit wide = new(torch.ScalarType.Float32), narrow = new(torch.ScalarType.BFloat16);
        var medians = rounds.Medians(
        [
            .. wide.Works, .. narrow.Works,
            .. Cases().Select(of => Encoding(model, of.Batch, of.Variant)),
        ]);
        double wideRate = MatmulLimit.Rate(medians[..wide.Works.Count]),
            narrowRate = MatmulLimit.Rate(medians[wide.Works.Count..][..narrow.Works.Count]);
        var table = new Table().RoundedBorder()
            .Title($"{shape.Name}, {precision}; matmul limit {wideRate:F0} GFLOP/s in FP32, {narrowRate:F0} in BF16")
            .AddColumns("", "variant", "ms", "tokens/s", "GFLOP/s", "of FP32's", "of BF16's");
        foreach (var ((batch, variant), seconds) in Cases().Zip(medians[(2 * wide.Works.Count)..]))
        {
            var rate = FlopCount.Of(shape.Config, batch.Texts, batch.Length, variant) / seconds / 1e9;
            table.AddRow(
                batch.Size, $"{variant}", $"{seconds * 1e3:F1}", $"{batch.Tokens / seconds:F0}",
                $"{rate:F0}", $"{rate / wideRate:P0}", $"{rate / narrowRate:P0}");
        }

        AnsiConsole.Write(table);
    }

    private IEnumerable<(BatchShape Batch, AttentionVariant Variant)> Cases() =>
        batches.SelectMany(batch => variants.Select(variant => (batch, variant)));

    // What an encoder does between a batch's tokens and its weights.
    private static Action Encoding(CausalLanguageModel model, BatchShape batch, AttentionVariant variant)
    {
        var texts = batch.Draw(model.Config.VocabSize);
        return () =>
        {
            using var tokens = TokenBatch.Create(texts, preceding: [], variant, torch.CPU);
            using var weights = PooledHead.ComputeWeights(model, tokens, new());
        };
    }
}
