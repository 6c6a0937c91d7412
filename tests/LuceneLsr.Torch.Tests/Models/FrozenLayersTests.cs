using LuceneLsr.Torch.Models;
using LuceneLsr.Torch.Tests.Support;

namespace LuceneLsr.Torch.Tests.Models;

public class FrozenLayersTests
{
    [Theory]
    [InlineData("bert", "bert.embeddings.", "bert.encoder.layer.0.")]
    [InlineData("distilbert", "distilbert.embeddings.", "distilbert.transformer.layer.0.")]
    [InlineData("roberta", "roberta.embeddings.", "roberta.encoder.layer.0.")]
    public void Freeze_of_masked_lm_covers_embeddings_with_their_norm_and_lowest_layers(
        string family, string embeddings, string layer)
    {
        using var model = new LanguageModel(TinyEncoder.Create(family) with { TieWordEmbeddings = false });
        model.Freeze(layers: 1);
        var frozen = model.named_parameters().Where(pair => !pair.parameter.requires_grad).Select(pair => pair.name);
        var expected = model.named_parameters().Select(pair => pair.name).Where(name =>
            name.StartsWith(embeddings, StringComparison.Ordinal) || name.StartsWith(layer, StringComparison.Ordinal));
        Assert.Equal(expected, frozen);
        Assert.Contains($"{embeddings}LayerNorm.weight", frozen);
        Assert.Contains($"{embeddings}position_embeddings.weight", frozen);
        Assert.Equal(16, frozen.Count(name => name.StartsWith(layer, StringComparison.Ordinal)));
    }

    [Fact]
    public void Freeze_of_model_whose_head_shares_the_embeddings_throws()
    {
        using var model = new LanguageModel(TinyEncoder.Create("bert") with { TieWordEmbeddings = true });
        Assert.Equal(
            "The head shares the embeddings, so they cannot be frozen.",
            Assert.Throws<ArgumentException>(() => model.Freeze(layers: 0)).Message);
    }
}
