using LuceneLsr.TestSupport;
using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Torch.Configs;
using LuceneLsr.TorchTestSupport;
using LuceneLsr.Training.Models;
using LuceneLsr.Training.Tests.Support;
using static TorchSharp.torch;

namespace LuceneLsr.Training.Tests.Models;

public sealed class UntrainedModelTests : IDisposable
{
    private static readonly ModelShape Shape = new()
    {
        VocabularySize = 300,
        HiddenSize = 64,
        IntermediateSize = 96,
        Layers = 2,
        Heads = 2,
        MaxPositions = 600,
    };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Create_writes_a_causal_language_model_of_the_given_shape()
    {
        using var checkpoint = Checkpoint.Load(Create("new"));
        var config = Assert.IsType<DecoderConfig>(checkpoint.Model.Config);
        Assert.Equal(
            (64, 96, 2, 2, 32, 600),
            (config.HiddenSize, config.IntermediateSize, config.NumHiddenLayers,
                config.NumAttentionHeads, config.HeadDim, config.MaxPositionEmbeddings));
        Assert.Equal((true, config.VocabSize), (config.TieWordEmbeddings, config.OutputSize));
        Assert.Equal(checkpoint.Tokenizer.VocabularySize, config.VocabSize);
        Assert.Equal(PerSide.Both(AttentionVariant.Causal), checkpoint.Settings.Variant);
    }

    /// <summary>As in GPT-2, projections into the residual stream are divided by sqrt(2 x 2 layers).</summary>
    [Theory]
    [InlineData("model.embed_tokens.weight", 0.02)]
    [InlineData("model.layers.1.self_attn.q_proj.weight", 0.02)]
    [InlineData("model.layers.0.mlp.up_proj.weight", 0.02)]
    [InlineData("model.layers.0.self_attn.o_proj.weight", 0.01)]
    [InlineData("model.layers.1.mlp.down_proj.weight", 0.01)]
    public void Create_initializes_weights_with_the_standard_deviations_of_GPT_2(string parameter, double deviation)
    {
        using var checkpoint = Checkpoint.Load(Create("new"));
        using var values = tensor(checkpoint.Model.GetValues(parameter));
        Assert.Equal(0, values.mean().item<float>(), deviation / 10);
        Assert.Equal(deviation, values.std().item<float>(), deviation / 10);
    }

    [Fact]
    public void Create_with_a_tokenizer_directory_uses_its_tokenizer()
    {
        var tokenizer = WordTokenizer.Write(_folder.Path, "seen", "elsewhere");
        using var checkpoint = Checkpoint.Load(Create("new", tokenizer: _folder.Path));
        Assert.Equal(tokenizer.VocabularySize, checkpoint.Tokenizer.VocabularySize);
        Assert.Single(checkpoint.Tokenizer.Encode("elsewhere"));
    }

    [Fact]
    public void Create_without_a_tokenizer_learns_the_words_of_the_texts()
    {
        using var checkpoint = Checkpoint.Load(Create("new"));
        Assert.Single(checkpoint.Tokenizer.Encode("dogs"));
        Assert.InRange(checkpoint.Tokenizer.VocabularySize, 257, 300);
    }

    [Fact]
    public void Create_with_the_same_seed_writes_the_same_weights()
    {
        var first = Weights(Create("first"));
        Assert.Equal(first, Weights(Create("second")));
        Assert.NotEqual(first, Weights(Create("third", seed: 2)));
    }

    [Fact]
    public void Create_with_an_invalid_shape_throws_before_writing()
    {
        Assert.Throws<ArgumentException>(() => Create("bad", shape: Shape with { Heads = 3 }));
        Assert.False(Directory.Exists(_folder.File("bad")));
    }

    private static byte[] Weights(string directory) =>
        File.ReadAllBytes(Path.Combine(directory, Checkpoint.WeightsFileName));

    private string Create(string name, string? tokenizer = null, int seed = 1, ModelShape? shape = null)
    {
        var directory = _folder.File(name);
        UntrainedModel.Create(
            ["dogs bark", "dogs sleep, dogs bark"], tokenizer, shape ?? Shape, seed, directory, _ => { },
            TestContext.Current.CancellationToken);
        return directory;
    }
}
