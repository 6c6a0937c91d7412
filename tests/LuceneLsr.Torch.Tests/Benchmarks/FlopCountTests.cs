using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Tools.Benchmarks.Encoders;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Torch.Models;
using LuceneLsr.Torch.Tests.Support;

namespace LuceneLsr.Torch.Tests.Benchmarks;

public class FlopCountTests
{
    private const int Texts = 3, Length = 7;

    /// <summary>
    /// Two operations per token and parameter of the layers' matrices, and of the head per pooled token.
    /// </summary>
    [Theory]
    [InlineData(AttentionVariant.Causal, 1, 28)] // 1 + 2 + ... + 7 pairs of positions
    [InlineData(AttentionVariant.Bidirectional, 1, 49)]
    [InlineData(AttentionVariant.Echo, 2, 105)] // 1 + 2 + ... + 14
    public void FlopCount_matches_model_parameters(AttentionVariant variant, int copies, int pairs)
    {
        var config = TinyModel.Untied(TinyModel.Config, outputSize: 50) with { HeadDim = 8 };
        using var model = new CausalLanguageModel(config);
        var matrices = model.named_parameters()
            .Where(parameter => parameter.name.StartsWith("model.layers.", StringComparison.Ordinal)
                && parameter.parameter.dim() == 2)
            .Sum(parameter => parameter.parameter.numel());
        var attention = 0.0;
        for (var layer = 0; layer < config.NumHiddenLayers; layer++)
        {
            attention += 2.0 * 2 * pairs * config.NumAttentionHeads * config.HeadDim; // queries x keys, then x values
        }

        var expected = Texts * ((2.0 * copies * Length * matrices) + attention
            + (2.0 * Length * model.HeadWeight.numel()));
        Assert.Equal(expected, FlopCount.Of(config, Texts, Length, variant));
    }
}
