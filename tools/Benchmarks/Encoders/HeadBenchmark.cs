using LuceneLsr.Evaluation.Runs;
using LuceneLsr.Tools.Benchmarks.Measurement;
using LuceneLsr.Tools.Benchmarks.Models;
using LuceneLsr.Torch;
using LuceneLsr.Torch.Heads;
using LuceneLsr.Torch.Models;
using Spectre.Console;
using TorchSharp;
using static TorchSharp.torch;

namespace LuceneLsr.Tools.Benchmarks.Encoders;

/// <summary>Compares the pooled head with heads that compute all logits first, on the same hidden states.</summary>
internal static class HeadBenchmark
{
    private const int Texts = 32;
    private const int Length = 128;

    // The first one is the baseline.
    private static readonly (string Name, Func<LanguageModel, Tensor, Tensor, Tensor> Weights)[] Heads =
    [
        ("pooled", (model, states, mask) => PooledHead.ComputeWeights(model, states, mask.squeeze(2), new())),
        ("naive", ComputeNaive),
        ("naive in place", ComputeInPlace),
    ];

    /// <exception cref="InvalidDataException">The weights of two heads differ by more than rounding.</exception>
    public static void Run(LanguageModel model, Rounds rounds)
    {
        using var scope = NewDisposeScope();
        using var mode = inference_mode();
        var type = model.HeadWeight.dtype;
        var states = randn(Texts, Length, model.Config.HiddenSize).to(type);
        var mask = ones(Texts, Length, 1, type);
        CheckWeights(model, states, mask);
        Action[] works = [.. Heads.Select(Action (head) => () => head.Weights(model, states, mask).Dispose())];
        var medians = rounds.MeasureMedians(works);
        ResidentMemory?[] memory = [.. works.Select(ResidentMemory.Measure)];
        var flops = FlopCount.CountHead(model.Config, Texts * Length);
        var table = new Table().RoundedBorder()
            .Title($"Head on {Texts}x{Length} hidden states, {type}; ratios to pooled")
            .AddColumns("", "ms", "GFLOP/s", "time ratio", "MB added", "MB ratio");
        foreach (var (index, (name, _)) in Heads.Index())
        {
            table.AddRow(
                name, $"{medians[index] * 1e3:F1}", $"{flops / medians[index] / 1e9:F1}",
                $"{medians[index] / medians[0]:F2}x", $"{memory[index]?.Added / 1e6:F1}",
                $"{(double?)memory[index]?.Added / memory[0]?.Added:F1}x");
        }

        AnsiConsole.Write(table);
    }

    // The formula as written: max over positions of log(1 + ReLU(logits)) x mask. Each input is freed after its use.
    private static Tensor ComputeNaive(LanguageModel model, Tensor states, Tensor mask)
    {
        using var logits = model.ComputeLogits(states); // [texts, length, vocabulary]
        using var positive = logits.relu();
        logits.Dispose();
        using var saturated = positive.log1p();
        positive.Dispose();
        using var masked = saturated * mask;
        saturated.Dispose();
        return masked.amax([1]);
    }

    private static Tensor ComputeInPlace(LanguageModel model, Tensor states, Tensor mask)
    {
        using var logits = model.ComputeLogits(states);
        return logits.relu_().log1p_().mul_(mask).amax([1]);
    }

    private static void CheckWeights(LanguageModel model, Tensor states, Tensor mask)
    {
        using var scope = NewDisposeScope();
        var tolerance = states.dtype == ScalarType.BFloat16 ? 2e-2 : 1e-4;
        var expected = Heads[0].Weights(model, states, mask);
        foreach (var (name, weights) in Heads[1..])
        {
            if (!weights(model, states, mask).to(ScalarType.Float32).allclose(expected, tolerance, tolerance))
            {
                throw new InvalidDataException($"The weights of the {name} head and the {Heads[0].Name} head differ.");
            }
        }
    }
}
