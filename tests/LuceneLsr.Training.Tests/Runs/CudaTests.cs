using LuceneLsr.TestSupport;
using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Tokenization.Tokenizers;
using LuceneLsr.TorchTestSupport;
using LuceneLsr.Training.Recipes;
using LuceneLsr.Training.Tasks;
using LuceneLsr.Training.Tests.Support;
using static TorchSharp.torch;

namespace LuceneLsr.Training.Tests.Runs;

/// <summary>Compares runs on a GPU with runs on the CPU; skipped where there is no GPU.</summary>
public sealed class CudaTests : IDisposable
{
    private static readonly ContrastiveRecipe Pairs = TinyRecipe.Contrastive(
        new RecipeSource("numbers", PairKind.Titles, 1, Negatives: 2)) with
    {
        Steps = 6,
        BatchSize = 4,
        Regularizers = TinyRecipe.OnBothSides(RegularizerKind.Flops, 0.01),
    };

    private readonly TemporaryFolder _folder = new();

    public CudaTests() => TinyRun.WriteData(_folder);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(TermPooling.Max)]
    [InlineData(TermPooling.Sum)]
    public void Contrastive_run_has_same_losses_on_gpu_and_cpu(TermPooling pooling) => AssertSameLosses(
        Pairs, new LsrSettings { Pooling = PerSide.Both(pooling) });

    [Fact]
    public void Contrastive_run_with_gradient_cache_and_recomputed_activations_has_same_losses_on_gpu_and_cpu() =>
        AssertSameLosses(
            Pairs with { CacheChunk = 2, ActivationCheckpointing = true, QueryTable = new(LearningRate: 0.1) },
            new LsrSettings { Variant = PerSide.Both(AttentionVariant.Echo) });

    [Fact]
    public void Contrastive_run_with_lora_has_same_losses_on_gpu_and_cpu() => AssertSameLosses(
        Pairs with { Lora = TinyRecipe.Lora with { Dropout = 0 } }, new LsrSettings());

    [Theory]
    [InlineData(AttentionVariant.Causal)]
    [InlineData(AttentionVariant.Bidirectional)]
    public void Language_model_run_has_same_losses_on_gpu_and_cpu(AttentionVariant variant) => AssertSameLosses(
        TinyRecipe.LanguageModel with { Steps = 6 }, new LsrSettings { Variant = PerSide.Both(variant) });

    [Fact]
    public void Contrastive_run_in_bf16_has_similar_losses_on_gpu_and_cpu() => AssertSameLosses(
        Pairs with { Compute = ComputePrecision.BFloat16 }, new LsrSettings(), tolerance: 0.05);

    [Fact]
    public void Resumed_run_on_gpu_has_losses_of_uninterrupted_run()
    {
        SkipWithoutGpu();
        var whole = Losses(Pairs, new LsrSettings(), CUDA);
        var snapshot = Directory.CreateDirectory(_folder.File("snapshot")).FullName;
        using (var half = TinyRun.Open(_folder, Pairs, new LsrSettings(), CUDA))
        {
            Assert.Equal(3, half.Steps(3).Count);
            half.Run.SaveSnapshot(_folder.File("start"), snapshot);
        }

        using var rest = TinyRun.Open(_folder, Pairs, new LsrSettings(), CUDA);
        rest.Run.LoadSnapshot(snapshot);
        Near.Equal(whole[3..], Losses(rest), 1e-3);
    }

    private void AssertSameLosses(RunRecipe recipe, LsrSettings settings, double tolerance = 1e-3)
    {
        SkipWithoutGpu();
        var expected = Losses(recipe, settings, CPU);
        Near.Equal(expected, Losses(recipe, settings, CUDA), tolerance * expected.Max());
    }

    private static void SkipWithoutGpu() => Assert.SkipUnless(
        cuda.is_available(), "Requires an NVIDIA GPU and a build with -p:LibTorch=cuda.");

    private float[] Losses(RunRecipe recipe, LsrSettings settings, Device device)
    {
        using var run = TinyRun.Open(_folder, recipe, settings, device);
        return Losses(run);
    }

    private static float[] Losses(TinyRun run) => [.. run.Steps().Select(step => (float)step.Figures[0].Value)];
}
