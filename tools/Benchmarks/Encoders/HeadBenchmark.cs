using LuceneLsr.Evaluation.Runs;
using LuceneLsr.Torch;
using LuceneLsr.Torch.Heads;
using LuceneLsr.Torch.Models;
using Spectre.Console;
using TorchSharp;
using static TorchSharp.torch;

namespace LuceneLsr.Tools.Benchmarks.Encoders;

/// <summary>The pooled head against heads that make all logits first, on the same hidden states.</summary>
internal static class HeadBenchmark
{
    private const int Texts = 32;
    private const int Length = 128;

    private static readonly (string Name, Func<CausalLanguageModel, Tensor, Tensor, Tensor> Weights)[] Heads =
    [
        ("fused", (model, states, mask) => PooledHead.ComputeWeights(
            model, states, mask.squeeze(2), new())),
        ("naive", Naive),
        ("in place", NaiveInPlace),
    ];

    /// <exception cref="InvalidDataException">The heads differ by more than rounding.</exception>
    public static void Run(CausalLanguageModel model, Rounds rounds)
    {
        using var scope = NewDisposeScope();
        using var mode = inference_mode();
        var type = model.HeadWeight.dtype;
        var states = randn(Texts, Length, model.Config.HiddenSize).to(type);
        var mask = ones(Texts, Length, 1, type);
        Action[] works = [.. Heads.Select(Action (head) => () => head.Weights(model, states, mask).Dispose())];
        Compare(model, states, mask);
        var medians = rounds.Medians(works);
        ResidentMemory?[] memory = [.. works.Select(ResidentMemory.Of)];
        var flops = FlopCount.OfHead(model.Config, Texts * Length);
        var table = new Table().RoundedBorder().Title($"head on {Texts}x{Length} hidden states, {type}")
            .AddColumns("", "ms", "GFLOP/s", "fused faster", "peak MB added", "of it, fused");
        foreach (var (at, (name, _)) in Heads.Index())
        {
            table.AddRow(
                name, $"{medians[at] * 1e3:F1}", $"{flops / medians[at] / 1e9:F0}", $"{medians[at] / medians[0]:F2}x",
                $"{memory[at]?.Added / 1e6:F0}", $"{(double?)memory[0]?.Added / memory[at]?.Added:P0}");
        }

        AnsiConsole.Write(table);
    }

    // max over positions of log(1 + ReLU(logits)) x mask, as the formula reads; each step's input is freed after it
    private static Tensor Naive(CausalLanguageModel model, Tensor states, Tensor mask)
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

    private static Tensor NaiveInPlace(CausalLanguageModel model, Tensor states, Tensor mask)
    {
        using var logits = model.ComputeLogits(states);
        return logits.relu_().log1p_().mul_(mask).amax([1]);
    }

    private static void Compare(CausalLanguageModel model, Tensor states, Tensor mask)
    {
        using var scope = NewDisposeScope();
        var tolerance = states.dtype == ScalarType.BFloat16 ? 2e-2 : 1e-4;
        var expected = Heads[0].Weights(model, states, mask);
        foreach (var (name, weights) in Heads[1..])
        {
            if (!weights(model, states, mask).to(ScalarType.Float32).allclose(expected, tolerance, tolerance))
            {
                throw new InvalidDataException($"The {name} head and the {Heads[0].Name} one give other weights.");
            }
        }
    }
}
