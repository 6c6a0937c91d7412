using LuceneLsr.TestSupport;
using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Tokenization.Terms;
using LuceneLsr.Tokenization.Tokenizers;
using LuceneLsr.Torch;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Torch.Models;
using LuceneLsr.TorchTestSupport;
using LuceneLsr.Training.Lexical;
using LuceneLsr.Training.Models;
using LuceneLsr.Training.Tests.Support;
using LuceneLsr.Training.Tokenizers;
using TorchSharp;
using static TorchSharp.torch;
using Start = LuceneLsr.Training.Lexical.LexicalInitializer;

namespace LuceneLsr.Training.Tests.Lexical;

/// <summary>
/// The meanings of the words are orthogonal, so two tokens share at most the identity of their term, and no cosine
/// between different terms reaches the threshold.
/// </summary>
public sealed class LexicalInitializerTests : IDisposable
{
    private const double SharedIdentity = 1 - (Start.MeaningShare * Start.MeaningShare);

    private static readonly string[] Words = ["cat", "dog", "bird", "the", "run", "runs"];
    private static readonly LsrSettings Settings =
        new() { TermRule = new TermRule(Stemming.Porter), MaxTerms = new(1000, 1000) };

    // Of 16 passages, 7 contain "run", 2 contain "runs", and 8 contain either.
    private static readonly Dictionary<string, int> TokenFrequency =
        new() { ["cat"] = 3, ["dog"] = 1, ["the"] = 16, ["run"] = 7, ["runs"] = 2 };
    private static readonly Dictionary<string, int> TermFrequency =
        new() { ["cat"] = 3, ["dog"] = 1, ["the"] = 16, ["run"] = 8 };

    private readonly TemporaryFolder _folder = new();
    private readonly TextTokenizer _tokenizer;
    private readonly TermVocabulary _terms;
    private readonly IReadOnlyList<int> _rowOfToken;
    private readonly Checkpoint _checkpoint;
    private readonly TorchSparseEncoder _encoder;

    public LexicalInitializerTests()
    {
        _tokenizer = WordTokenizer.Write(_folder.Path, Words);
        _terms = new TermVocabulary(TermVocabulary.FromTokens(_tokenizer, Settings.TermRule).GetDistinctTerms());
        _rowOfToken = TokenRows.FromTerms(_tokenizer, _terms, Settings.TermRule);
        _checkpoint = TinyCheckpoint.Create(_tokenizer, _terms, Settings, layers: 2);
        _encoder = new TorchSparseEncoder(_checkpoint);
        Start.Initialize(_checkpoint.Model, CreateMeanings(), _rowOfToken, CreateStatistics());
    }

    public void Dispose()
    {
        _encoder.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("cat", "cat")]
    [InlineData("the bird the dog", "bird", "dog")] // "the" is in every passage, so its IDF is 0
    [InlineData("Dog cat dog dog bird", "bird", "cat", "dog")]
    [InlineData("runs", "run")]
    [InlineData("the the")]
    public void Initialized_model_encodes_a_text_as_exactly_its_own_terms(string text, params string[] terms) =>
        Assert.Equal(terms, Encode(text).Keys.Order());

    [Fact]
    public void Initialized_weight_of_a_single_token_term_follows_from_its_idf_and_the_threshold()
    {
        var weights = Encode("the cat dog bird");
        Assert.Equal(Saturated(Idf("cat") * (1 - Start.CosineThreshold)), weights["cat"], 1e-4);
        Assert.Equal(Saturated(Idf("dog") * (1 - Start.CosineThreshold)), weights["dog"], 1e-4);
        Assert.Equal(Saturated(Idf("bird") * (1 - Start.CosineThreshold)), weights["bird"], 1e-4);
    }

    /// <summary>A token has cosine 1 with itself and the cosine of the shared identity with the other token.</summary>
    [Fact]
    public void Initialized_head_row_of_two_tokens_is_their_mean_weighted_by_log_frequency()
    {
        double run = Math.Log(2 + 7), runs = Math.Log(2 + 2);
        Assert.Equal(
            Saturated(Idf("run") * (((run + (SharedIdentity * runs)) / (run + runs)) - Start.CosineThreshold)),
            Encode("run")["run"], 1e-4);
        Assert.Equal(
            Saturated(Idf("run") * ((((SharedIdentity * run) + runs) / (run + runs)) - Start.CosineThreshold)),
            Encode("runs")["run"], 1e-4);
    }

    [Fact]
    public void Initialized_layers_are_the_identity_function()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var batch = TokenBatch.Create([_tokenizer.Encode("the cat runs")], [], AttentionVariant.Causal, CPU);
        var hidden = _checkpoint.Model.forward(batch)[0]; // [length, hidden]
        float[][] embeddings =
            [.. _checkpoint.Model.GetValues("model.embed_tokens.weight").Chunk(TinyCheckpoint.Hidden)];
        foreach (var (position, token) in _tokenizer.Encode("the cat runs").Index())
        {
            var length = Math.Sqrt(embeddings[token].Sum(value => (double)value * value));
            Assert.All(
                embeddings[token].Zip(hidden[position].data<float>().ToArray()),
                pair => Assert.Equal(pair.First / length, pair.Second, 1e-5));
        }
    }

    private Dictionary<string, float> Encode(string text) => _encoder
        .Encode(text, TextSide.Document, TestContext.Current.CancellationToken)
        .Entries.ToDictionary(entry => entry.Term, entry => entry.Weight);

    private static double Idf(string term) => Math.Log(17.0 / (1 + TermFrequency.GetValueOrDefault(term)));

    private static double Saturated(double gained) => Math.Log(1 + (Start.LogitGain * gained));

    private Tensor CreateMeanings() // [vocabulary, 8], orthogonal unit vectors of the words
    {
        var rows = new float[_tokenizer.VocabularySize, 8];
        for (var token = 0; token < _tokenizer.VocabularySize; token++)
        {
            rows[token, 7] = 1;
        }

        foreach (var (axis, word) in Words.Index())
        {
            rows[_tokenizer.Id(word), 7] = 0;
            rows[_tokenizer.Id(word), axis] = 1;
        }

        return tensor(rows);
    }

    private PassageStatistics CreateStatistics()
    {
        var tokens = new int[_tokenizer.VocabularySize];
        foreach (var (word, count) in TokenFrequency)
        {
            tokens[_tokenizer.Id(word)] = count;
        }

        return new PassageStatistics(16, tokens,
            [.. Enumerable.Range(0, _terms.Count).Select(row => TermFrequency.GetValueOrDefault(_terms[row]!))]);
    }
}
