using LuceneLsr.Evaluation.Runs;
using LuceneLsr.TestSupport;
using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Torch;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Torch.Configs;
using LuceneLsr.Training.Lexical;
using LuceneLsr.Training.Models;
using LuceneLsr.Training.Tests.Support;

namespace LuceneLsr.Training.Tests.Models;

public sealed class LexicalModelTests : IDisposable
{
    private const int Dimension = 24;

    private static readonly string[] Texts =
        ["cats sleep, dogs bark", "dogs sleep", "a cat barks", "birds sing; a bird sings", "sleep"];
    private static readonly string[] Words =
        ["cat", "cats", "dog", "dogs", "sleep", "bark", "barks", "bird", "birds", "sing", "sings",
            .. Enumerable.Range(0, 60).Select(number => $"w{number}")];

    private static readonly ModelShape Shape = new()
    {
        VocabularySize = 300,
        HiddenSize = 48,
        IntermediateSize = 16,
        Layers = 1,
        Heads = 2,
        MaxPositions = 600,
    };

    private static readonly LexicalModelOptions Options = new()
    {
        Shape = Shape,
        Variant = AttentionVariant.Echo,
    };

    private readonly TemporaryFolder _folder = new();
    private readonly WordVectors _words;

    public LexicalModelTests()
    {
        WordVectorFiles.Write(_folder.Path, Words, WordVectorFiles.Random(seed: 1, Words.Length, Dimension));
        _words = WordVectors.Load(_folder.Path);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Create_writes_a_checkpoint_with_the_shape_and_settings_of_the_options()
    {
        using var checkpoint = Checkpoint.Load(Create("new", Options));
        var config = Assert.IsType<DecoderConfig>(checkpoint.Model.Config);
        Assert.Equal(
            (48, 16, 1, 2, 24, 600),
            (config.HiddenSize, config.IntermediateSize, config.NumHiddenLayers,
                config.NumAttentionHeads, config.HeadDim, config.MaxPositionEmbeddings));
        Assert.Equal(
            (PerSide.Both(AttentionVariant.Echo),
                PerSide.Both(TermPooling.Sum), new LengthNormalization(0.75f, 180), Stemming.Porter),
            (checkpoint.Settings.Variant, checkpoint.Settings.Pooling, checkpoint.Settings.DocumentLengthNormalization,
                checkpoint.Settings.TermRule.Stemming));
        Assert.InRange(config.VocabSize, 257, 300);
        Assert.Equal(checkpoint.Terms.GetDistinctTerms().Count(), config.OutputSize); // one row per term
    }

    [Fact]
    public void Created_model_weights_the_stems_of_frequent_words_highest_before_training()
    {
        using var encoder = TorchSparseEncoder.Load(Create("new", Options));
        var vector = encoder.Encode("sleep dogs", TextSide.Query, TestContext.Current.CancellationToken);
        Assert.Equal(["dog", "sleep"], vector.Entries.Take(2).Select(entry => entry.Term).Order());
    }

    [Fact]
    public void Create_with_the_same_seed_writes_the_same_weights()
    {
        var first = Weights(Create("first", Options));
        Assert.Equal(first, Weights(Create("second", Options)));
        Assert.NotEqual(first, Weights(Create("third", Options with { Seed = 2 })));
    }

    [Fact]
    public void Create_with_invalid_options_throws_before_writing() => Assert.All(
        [
            Options with { Shape = Shape with { VocabularySize = 255 } },
            Options with { Shape = Shape with { HiddenSize = Dimension } }, // no room for identities
            Options with { Shape = Shape with { IntermediateSize = 0 } },
            Options with { Shape = Shape with { Layers = 0 } },
            Options with { Shape = Shape with { Heads = 0 } },
            Options with { Shape = Shape with { Heads = 5 } },
            Options with { Shape = Shape with { Heads = 16 } }, // an odd head dimension
            Options with { Shape = Shape with { MaxPositions = 0 } },
            Options with { LengthNormalization = 1.5f },
        ],
        options =>
        {
            Assert.Throws<ArgumentException>(() => Create("bad", options));
            Assert.False(Directory.Exists(_folder.File("bad")));
        });

    private static byte[] Weights(string directory) =>
        File.ReadAllBytes(Path.Combine(directory, Checkpoint.WeightsFileName));

    private string Create(string name, LexicalModelOptions options)
    {
        var directory = _folder.File(name);
        LexicalModel.Create(() => Texts, _words, options, directory, _ => { }, TestContext.Current.CancellationToken);
        return directory;
    }
}
