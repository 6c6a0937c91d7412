using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Tools.Benchmarks.Models;
using LuceneLsr.Torch;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Torch.Configs;
using LuceneLsr.Torch.Models;

namespace LuceneLsr.Tools.Benchmarks.Tests.Models;

public class FlopCountTests
{
    private const int Texts = 3, Length = 7;

    private static readonly DecoderConfig Config = new()
    {
        VocabSize = 60,
        HiddenSize = 16,
        IntermediateSize = 24,
        NumHiddenLayers = 2,
        NumAttentionHeads = 4,
        NumKeyValueHeads = 2,
        HeadDim = 8, // twice the hidden size per head
        RmsNormEps = 0.05,
        RopeTheta = 100,
        MaxPositionEmbeddings = 512,
        TieWordEmbeddings = false,
        OutputSize = 50,
        OutputBias = true,
    };

    /// <summary>Two operations per token and parameter of the matrices, plus those of attention.</summary>
    [Theory]
    [InlineData(AttentionVariant.Causal, 1, 28)] // 1 + 2 + ... + 7 pairs of positions
    [InlineData(AttentionVariant.Bidirectional, 1, 49)]
    [InlineData(AttentionVariant.Echo, 2, 105)] // 1 + 2 + ... + 14
    public void CountEncoding_matches_the_parameters_of_the_model(AttentionVariant variant, int copies, int pairs)
    {
        using var model = new LanguageModel(Config);
        var matrices = model.named_parameters()
            .Where(parameter => parameter.name.StartsWith("model.layers.", StringComparison.Ordinal)
                && parameter.parameter.dim() == 2)
            .Sum(parameter => parameter.parameter.numel());
        var attention = Config.NumHiddenLayers
            * 2.0 * 2 * pairs * Config.NumAttentionHeads * Config.HeadDim; // queries x keys, then scores x values
        var expected = Texts * ((2.0 * copies * Length * matrices) + attention
            + (2.0 * Length * model.HeadWeight.numel()));
        Assert.Equal(expected, FlopCount.CountEncoding(Config, Texts, Length, variant));
    }
}
