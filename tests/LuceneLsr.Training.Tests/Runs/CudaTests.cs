using LuceneLsr.TestSupport;
using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Tokenization.Tokenizers;
using LuceneLsr.Training.Recipes;
using LuceneLsr.Training.Tasks;
using LuceneLsr.Training.Tests.Support;
using static TorchSharp.torch;

namespace LuceneLsr.Training.Tests.Runs;

/// <summary>Runs on a graphics card, where there is one, against the same on the processor.</summary>
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
    public void Pairs_are_learned_alike(TermPooling pooling) => AssertAlike(
        Pairs, new LsrSettings { Pooling = PerSide.Both(pooling) });

    [Fact]
    public void So_are_they_by_a_gradient_cache_with_recomputed_activations() => AssertAlike(
        Pairs with { CacheChunk = 2, ActivationCheckpointing = true, QueryTable = new(LearningRate: 0.1) },
        new LsrSettings { Variant = PerSide.Both(AttentionVariant.Echo) });

    [Fact]
    public void So_are_they_by_low_rank_updates() => AssertAlike(
        Pairs with { Lora = TinyRecipe.Lora with { Dropout = 0 } }, new LsrSettings());

    [Theory]
    [InlineData(AttentionVariant.Causal)]
    [InlineData(AttentionVariant.Bidirectional)]
    public void So_are_texts(AttentionVariant variant) => AssertAlike(
        TinyRecipe.LanguageModel with { Steps = 6 }, new LsrSettings { Variant = PerSide.Both(variant) });

    [Fact]
    public void BF16_learns_nearly_the_same() => AssertAlike(
        Pairs with { Compute = ComputePrecision.BFloat16 }, new LsrSettings(), tolerance: 0.05);

    [Fact]
    public void A_run_goes_on_where_it_was_stopped()
    {
        RequireCard();
        var whole = Losses(Pairs, new LsrSettings(), CUDA);
        var snapshot = Directory.CreateDirectory(_folder.File("snapshot")).FullName;
        using (var half = TinyRun.Open(_folder, Pairs, new LsrSettings(), CUDA))
        {
            Assert.Equal(3, half.Steps(3).Count);
            half.Run.Save(_folder.Path, snapshot);
        }

        using var rest = TinyRun.Open(_folder, Pairs, new LsrSettings(), CUDA);
        rest.Run.Load(snapshot);
        Near.Equal(whole[3..], Losses(rest), 1e-3);
    }

    private void AssertAlike(RunRecipe recipe, LsrSettings settings, double tolerance = 1e-3)
    {
        RequireCard();
        var expected = Losses(recipe, settings, CPU);
        Near.Equal(expected, Losses(recipe, settings, CUDA), tolerance * expected.Max());
    }

    private static void RequireCard() => Assert.SkipUnless(
        cuda.is_available(), "No NVIDIA GPU, or a build without -p:LibTorch=cuda.");

    private float[] Losses(RunRecipe recipe, LsrSettings settings, Device device)
    {
        using var run = TinyRun.Open(_folder, recipe, settings, device);
        return Losses(run);
    }

    private static float[] Losses(TinyRun run) => [.. run.Steps().Select(step => (float)step.Figures[0].Value)];
}
