using LuceneLsr.TestSupport;
using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Torch.Configs;
using LuceneLsr.Torch.Tests.Reference;
using LuceneLsr.Torch.Tests.Support;
using LuceneLsr.Torch.Weights;
using static TorchSharp.torch;

namespace LuceneLsr.Torch.Tests;

/// <summary>Compares a GPU with the CPU.</summary>
public sealed class CudaTests : IDisposable
{
    private static readonly string[] Texts = ["cat", "film movie run runs tag dog cat", "dog runs"];

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<Precision, AttentionVariant, TermPooling> Cases => new MatrixTheoryData<
        Precision, AttentionVariant, TermPooling>(
        Enum.GetValues<Precision>(), Enum.GetValues<AttentionVariant>(), Enum.GetValues<TermPooling>());

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Cases))]
    public void Encode_on_gpu_matches_cpu(Precision precision, AttentionVariant variant, TermPooling pooling) =>
        AssertMatchesCpu(
            TinyModel.Config with { HiddenSize = 32, IntermediateSize = 64, HeadDim = 12 },
            precision, variant, pooling);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Encode_with_masked_lm_on_gpu_matches_cpu(
        Precision precision, AttentionVariant variant, TermPooling pooling) =>
        AssertMatchesCpu(
            TinyEncoder.Create("bert") with { HiddenSize = 32, IntermediateSize = 64 }, precision, variant, pooling);

    private void AssertMatchesCpu(
        ModelConfig config, Precision precision, AttentionVariant variant, TermPooling pooling)
    {
        Assert.SkipUnless(cuda.is_available(), "Requires an NVIDIA GPU and a build with -p:LibTorch=cuda.");
        TinyCheckpoint.Write(
            _folder, config, ReferenceWeights.Random(config, seed: 41),
            TinyCheckpoint.Settings with { Variant = PerSide.Both(variant), Pooling = PerSide.Both(pooling) },
            RowTerms.All);
        using var cpu = TorchSparseEncoder.Load(_folder.Path, precision: precision);
        using var gpu = TorchSparseEncoder.Load(_folder.Path, "cuda", precision);

        // BF16 has 8 significant bits, and each device rounds different partial sums.
        var distance = precision == Precision.Float32 ? 1e-4 : 0.15;
        foreach (var (expected, actual) in cpu.Documents(Texts).Zip(gpu.Documents(Texts)))
        {
            Assert.All(
                RowTerms.ToDense(expected).Zip(RowTerms.ToDense(actual)),
                pair => Assert.Equal(pair.First, pair.Second, distance));
        }
    }
}
