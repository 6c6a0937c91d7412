using LuceneLsr.TestSupport;
using LuceneLsr.Tokenization;
using LuceneLsr.Tokenization.Encoders;
using LuceneLsr.Tokenization.Queries;
using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Torch;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Torch.Models;
using LuceneLsr.Training.Models;
using LuceneLsr.Training.Tests.Support;
using static TorchSharp.torch;

namespace LuceneLsr.Training.Tests.Models;

public sealed class SemanticModelTests : IDisposable
{
    private static readonly string[] Texts = ["cats sleep!", "a cat sleeps", "dog", "cat, dog, bird", "birds sing"];
    private static readonly SemanticModelOptions Options = new()
    {
        RowLength = 3,
        Density = 0.4,
        IdfPower = 1.5,
        LexicalWeight = 6,
        WholeWordWeight = 1.5f,
        MinPassages = 1,
    };

    private readonly TemporaryFolder _folder = new();

    public SemanticModelTests() => TinySentenceEncoder.Write(_folder.File("source"));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Terms_of_semantic_model_are_stems_of_whole_words_in_texts()
    {
        using var checkpoint = Checkpoint.Load(Create("new", Options));
        // No piece, no special or unused token, no punctuation; "whale" is in no text, "cats" is the stem "cat".
        Assert.Equal(["cat", "dog", "bird", "sing", "sleep"], checkpoint.Terms.GetDistinctTerms());
        Assert.Equal(5, checkpoint.Config.OutputSize);
    }

    [Fact]
    public void Terms_in_fewer_passages_than_minimum_are_left_out()
    {
        using var checkpoint = Checkpoint.Load(Create("new", Options with { MinPassages = 2 }));
        Assert.Equal(["cat", "dog", "bird", "sleep"], checkpoint.Terms.GetDistinctTerms());
    }

    [Fact]
    public void Settings_of_semantic_model_are_those_of_its_encoder()
    {
        using var checkpoint = Checkpoint.Load(Create("new", Options));
        Assert.Equal(PerSide.Both(AttentionVariant.Bidirectional), checkpoint.Settings.Variant);
        Assert.True(checkpoint.Settings is { AddBos: true, AddEos: true, TermRule.Stemming: Stemming.Porter });
        Assert.Equal(PerSide.Both(1.5f), checkpoint.Settings.WholeWordWeight);
        Assert.Equal([TinySentenceEncoder.GetToken("[CLS]")], checkpoint.Layout.BosTokens);
        Assert.Equal([TinySentenceEncoder.GetToken("[SEP]")], checkpoint.Layout.EosTokens);
    }

    [Fact]
    public void Semantic_model_pools_mean_of_all_states_or_maximum_over_text()
    {
        using var mean = Checkpoint.Load(Create("mean", SemanticModelOptions.Mean with { MinPassages = 1 }));
        Assert.Equal(PerSide.Both(TermPooling.Mean), mean.Settings.Pooling);
        Assert.Equal(PooledTokens.All, mean.Settings.PooledTokens);
        Assert.Equal((128, 112), (mean.Settings.MaxTokens.Document, mean.Settings.DocumentStride));
        using var max = Checkpoint.Load(Create("max", SemanticModelOptions.Max with { MinPassages = 1 }));
        Assert.Equal(PerSide.Both(TermPooling.Max), max.Settings.Pooling);
        Assert.Equal(PooledTokens.Text, max.Settings.PooledTokens);
        Assert.Equal((256, null), (max.Settings.MaxTokens.Document, max.Settings.DocumentStride));
        Assert.All([mean, max], checkpoint => Assert.Equal(
            new TermFrequencyFactor(1.2f, 0.75f, 100), checkpoint.Settings.DocumentTermFrequency));
    }

    /// <summary>w = log(1 + ReLU(gain x length x cosine + bias)) for terms that the text lacks.</summary>
    [Fact]
    public void Weights_of_untrained_mean_pooling_are_those_of_cosines_with_vector_of_sentence_encoder()
    {
        string[] words = ["cat", "dog", "bird", "sing", "sleep"]; // also the terms
        var directory = Create("new", Options);
        using var source = BackboneLoader.Load(_folder.File("source"));
        using var checkpoint = Checkpoint.Load(directory);
        double[][] rows = [.. checkpoint.Model.HeadWeight.data<float>().ToArray().Chunk(12)
            .Select(row => row.Select(value => (double)value).ToArray())];
        var biases = checkpoint.Model.HeadBias!.data<float>().ToArray();
        using var encoder = TorchSparseEncoder.Load(directory);
        var vectors = encoder.Encode(words, TextSide.Document, TestContext.Current.CancellationToken);
        var expansions = 0;
        foreach (var (word, vector) in words.Zip(vectors))
        {
            var sentence = Normalize(Embed(source, word));
            var weights = vector.Entries.ToDictionary(entry => entry.Term, entry => entry.Weight);
            foreach (var (row, term) in words.Index().Where(other => other.Item != word))
            {
                var length = Math.Sqrt(rows[row].Sum(value => value * value)); // gain x length of rows
                var cosine = rows[row].Zip(sentence, (x, y) => x * y).Sum() / length;
                var expected = Math.Log(1 + Math.Max(0, (length * cosine) + biases[row]));
                Assert.Equal(expected, weights.GetValueOrDefault(term), 1e-5);
                expansions += expected > 0 ? 1 : 0;
            }
        }

        Assert.NotEqual(0, expansions);
    }

    [Fact]
    public void Head_rows_are_centered_embeddings_of_words_scaled_by_idf()
    {
        using var checkpoint = Checkpoint.Load(Create("new", Options));
        using var source = BackboneLoader.Load(_folder.File("source"));
        string[] words = ["cat", "cats", "dog", "bird", "sing", "sleep"];
        int[] rows = [0, 0, 1, 2, 3, 4];
        double[][] embeddings = [.. words.Select(word => Normalize(Embed(source, word)))];
        double[] mean = [.. Enumerable.Range(0, 12).Select(d => embeddings.Average(embedding => embedding[d]))];
        double[][] centered = [.. embeddings.Select(e => Normalize([.. e.Zip(mean, (x, m) => x - m)]))];

        // Five passages; "cat" and "cats" occur in three, the others as counted by hand in Texts.
        double[] idf = [.. new[] { 3, 2, 2, 1, 2 }.Select(df => Math.Log(6.0 / (df + 1)))];
        double[] powers = [.. idf.Select(value => Math.Pow(value, 1.5))];
        var gains = powers.Select(value => value / powers.Average()).ToArray();
        var head = checkpoint.Model.HeadWeight.data<float>().ToArray();
        for (var row = 0; row < 5; row++)
        {
            var sum = Enumerable.Range(0, 12).Select(d =>
                rows.Zip(centered).Where(pair => pair.First == row).Sum(pair => pair.Second[d])).ToArray();
            var expected = Normalize(sum).Select(value => 3 * value * gains[row]);
            Assert.All(expected.Zip(head[(row * 12)..((row + 1) * 12)]), pair =>
                Assert.Equal(pair.First, pair.Second, 1e-5));
        }
    }

    [Fact]
    public void Lexical_and_query_weights_of_semantic_model_are_roots_of_idf_relative_to_its_mean()
    {
        using var checkpoint = Checkpoint.Load(Create("new", Options));
        using var table = InferenceFreeQueryEncoder.Load(_folder.File("new"));
        double[] idf = [.. new[] { 3, 2, 2, 1, 2 }.Select(df => Math.Log(6.0 / (df + 1)))]; // cat, dog, bird, sing, sleep
        double cat = 6 * Math.Sqrt(idf[0] / idf.Average()), dog = 6 * Math.Sqrt(idf[1] / idf.Average());
        var query = table.Encode("cats dog", TextSide.Query, TestContext.Current.CancellationToken);
        Assert.Equal(dog, query.Entries.Single(entry => entry.Term == "dog").Weight, 1e-5);
        Assert.Equal(cat, query.Entries.Single(entry => entry.Term == "cat").Weight, 1e-5);
        Assert.Equal(
            [(float)cat, (float)dog],
            checkpoint.Space.FindLexicalWeights(checkpoint.Tokenizer.Encode("cats dog"), TextSide.Query)
                .Select(term => term.Weight), (expected, actual) => Math.Abs(expected - actual) < 1e-5);
    }

    [Fact]
    public void Backbone_of_semantic_model_is_that_of_its_source()
    {
        using var checkpoint = Checkpoint.Load(Create("new", Options));
        using var source = BackboneLoader.Load(_folder.File("source"));
        var copied = checkpoint.Model.named_parameters().ToDictionary(pair => pair.name, pair => pair.parameter);
        Assert.All(source.named_parameters(), pair => Assert.True(pair.parameter.Equals(copied[pair.name])));
    }

    [Fact]
    public void Semantic_model_of_causal_model_is_rejected()
    {
        File.WriteAllText(_folder.File("source/config.json"), """
            {"model_type": "llama", "vocab_size": 8, "hidden_size": 8, "intermediate_size": 8, "num_hidden_layers": 1,
             "num_attention_heads": 2}
            """);
        var exception = Assert.Throws<CheckpointException>(() => Create("new", Options));
        Assert.Contains("model_type", exception.Message, StringComparison.Ordinal);
        Assert.Contains("not an encoder", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Semantic_model_of_texts_with_too_few_passages_is_rejected()
    {
        var exception = Assert.Throws<InvalidDataException>(() => Create("new", Options with { MinPassages = 6 }));
        Assert.StartsWith(
            "No word of the sentence encoder's vocabulary occurs in 6 passages", exception.Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 1, 1, 1, TermPooling.Max, "density")]
    [InlineData(1, 1, 1, 1, TermPooling.Max, "density")]
    [InlineData(double.NaN, 1, 1, 1, TermPooling.Max, "density")]
    [InlineData(0.1, -0.5, 1, 1, TermPooling.Max, "IDF")]
    [InlineData(0.1, 5, 1, 1, TermPooling.Max, "IDF")]
    [InlineData(0.1, 1, 0, 1, TermPooling.Max, "length of rows")]
    [InlineData(0.1, 1, double.PositiveInfinity, 1, TermPooling.Max, "length of rows")]
    [InlineData(0.1, 1, 1, 0, TermPooling.Max, "lexical weight")]
    [InlineData(0.1, 1, 1, 1, TermPooling.Sum, "pooling")]
    public void Options_out_of_range_are_rejected(
        double density, double power, double length, double lexicalWeight, TermPooling pooling, string named)
    {
        var exception = Assert.Throws<ArgumentException>(() => Create(
            "new",
            Options with
            {
                Density = density,
                IdfPower = power,
                RowLength = length,
                LexicalWeight = lexicalWeight,
                Pooling = pooling,
            }));
        Assert.Contains(named, exception.Message, StringComparison.Ordinal);
    }

    /// <summary>all-MiniLM-L6-v2 on the shelf: what it knows about words carries over to the head.</summary>
    [Theory]
    [InlineData(TermPooling.Mean)]
    [InlineData(TermPooling.Max)]
    public void Untrained_semantic_model_of_minilm_expands_query(TermPooling pooling)
    {
        Assert.SkipUnless(Directory.Exists(SharedModels.MiniLm), SharedModels.MiniLmIsMissing);
        string[] texts =
        [
            "cut scene movie film cinema footage screenplay", "tree house river stone",
            "leaves of plants in a forest garden", "a bridge over the water of a lake", "rocks and bricks of a wall",
            "money in the bank", "a doctor treats patients", "computers run programs", "the law of a state",
            "bread and soup for dinner",
        ];
        var options = pooling == TermPooling.Max ? SemanticModelOptions.Max : SemanticModelOptions.Mean;
        SemanticModel.Create(
            SharedModels.MiniLm, texts, options with { MinPassages = 1, Density = 0.1 }, _folder.File("minilm"),
            _ => { }, TestContext.Current.CancellationToken);
        using var encoder = TorchSparseEncoder.Load(_folder.File("minilm"));
        var query = Assert.Single(encoder.Encode(
            ["cut scenes out of a movie"], TextSide.Query, TestContext.Current.CancellationToken));
        var terms = query.Entries.Select(term => term.Term).ToArray();
        Assert.All(["scene", "cut", "movi", "film", "cinema", "footag"], term => Assert.Contains(term, terms));
        Assert.All(["tree", "river", "stone"], term => Assert.DoesNotContain(term, terms));
    }

    private static double[] Embed(LanguageModel source, string word)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var sequence = TokenSequence.Create(
            [TinySentenceEncoder.GetToken("[CLS]")], [TinySentenceEncoder.GetToken(word)],
            [TinySentenceEncoder.GetToken("[SEP]")], AttentionVariant.Bidirectional);
        using var batch = TokenBatch.Create([sequence], AttentionVariant.Bidirectional, CPU);
        var states = source.forward(batch).data<float>().ToArray().Chunk(12).ToArray(); // three positions
        return [.. Enumerable.Range(0, 12).Select(d => states.Average(state => (double)state[d]))];
    }

    private static double[] Normalize(double[] vector)
    {
        var length = Math.Sqrt(vector.Sum(value => value * value));
        return [.. vector.Select(value => value / length)];
    }

    private string Create(string name, SemanticModelOptions options)
    {
        SemanticModel.Create(
            _folder.File("source"), Texts, options, _folder.File(name), _ => { },
            TestContext.Current.CancellationToken);
        return _folder.File(name);
    }
}
