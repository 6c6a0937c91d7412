using LuceneLsr.TestSupport;
using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Torch.Tests.Reference;
using LuceneLsr.Torch.Tests.Support;
using static TorchSharp.torch;

namespace LuceneLsr.Torch.Tests;

/// <summary>A graphics card, where there is one, against the processor.</summary>
public sealed class CudaTests : IDisposable
{
    private static readonly string[] Texts = ["cat", "film movie run runs tag dog cat", "dog runs"];

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<Precision, AttentionVariant, TermPooling> Ways => new MatrixTheoryData<
        Precision, AttentionVariant, TermPooling>(
        Enum.GetValues<Precision>(), Enum.GetValues<AttentionVariant>(), Enum.GetValues<TermPooling>());

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Ways))]
    public void A_graphics_card_gives_the_same_weights(
        Precision precision, AttentionVariant variant, TermPooling pooling)
    {
        Assert.SkipUnless(cuda.is_available(), "No NVIDIA GPU, or a build without -p:LibTorch=cuda.");
        var config = TinyModel.Config with { HiddenSize = 32, IntermediateSize = 64, HeadDim = 12 };
        TinyCheckpoint.Write(
            _folder, config, ReferenceWeights.Random(config, seed: 41),
            TinyCheckpoint.Settings with { Variant = PerSide.Both(variant), Pooling = PerSide.Both(pooling) },
            RowTerms.All);
        using var processor = TorchSparseEncoder.Load(_folder.Path, precision: precision);
        using var card = TorchSparseEncoder.Load(_folder.Path, "cuda", precision);

        // BF16 has eight bits, and each device rounds other partial sums to them.
        var distance = precision == Precision.Float32 ? 1e-4 : 0.15;
        foreach (var (expected, actual) in processor.Documents(Texts).Zip(card.Documents(Texts)))
        {
            Assert.All(
                RowTerms.Dense(expected).Zip(RowTerms.Dense(actual)),
                pair => Assert.Equal(pair.First, pair.Second, distance));
        }
    }
}
