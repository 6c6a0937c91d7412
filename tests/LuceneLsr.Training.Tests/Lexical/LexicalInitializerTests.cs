using LuceneLsr.TestSupport;
using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Tokenization.Terms;
using LuceneLsr.Tokenization.Tokenizers;
using LuceneLsr.Torch;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Training.Lexical;
using LuceneLsr.Training.Models;
using LuceneLsr.Training.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;
using Start = LuceneLsr.Training.Lexical.LexicalInitializer;

namespace LuceneLsr.Training.Tests.Lexical;

/// <summary>
/// A vocabulary of a few words whose meanings are at right angles, so that two tokens have nothing in common but the
/// identity of a shared term: no cosine of different terms reaches the threshold.
/// </summary>
public sealed class LexicalInitializerTests : IDisposable
{
    private const double SharedIdentity = 1 - (Start.MeaningShare * Start.MeaningShare);

    private static readonly string[] Words = ["cat", "dog", "bird", "the", "run", "runs"];
    private static readonly LsrSettings Settings =
        new() { TermRule = new TermRule(Stemming.Porter), MaxTerms = new(1000, 1000) };

    // In 16 passages: cat in 3 of them, the in all, run in 7, runs in 2, one or the other in 8.
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
        Start.Initialize(_checkpoint.Model, Meanings(), _rowOfToken, Statistics());
    }

    public void Dispose()
    {
        _encoder.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("cat", "cat")]
    [InlineData("the bird the dog", "bird", "dog")] // "the" is in every passage: its IDF is 0
    [InlineData("Dog cat dog dog bird", "bird", "cat", "dog")]
    [InlineData("runs", "run")]
    [InlineData("the the")]
    public void A_text_holds_exactly_its_own_terms(string text, params string[] terms) =>
        Assert.Equal(terms, Encode(text).Keys.Order());

    [Fact]
    public void The_term_of_one_token_weighs_log_1_plus_gain_times_idf_above_the_threshold()
    {
        var weights = Encode("the cat dog bird");
        Assert.Equal(Saturated(Idf("cat") * (1 - Start.CosineThreshold)), weights["cat"], 1e-4);
        Assert.Equal(Saturated(Idf("dog") * (1 - Start.CosineThreshold)), weights["dog"], 1e-4);
        Assert.Equal(Saturated(Idf("bird") * (1 - Start.CosineThreshold)), weights["bird"], 1e-4);
    }

    /// <summary>A token's cosine is 1 with itself and that of the shared identity with the other.</summary>
    [Fact]
    public void The_row_of_two_tokens_is_their_mean_weighted_by_the_logarithm_of_their_frequency()
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
    public void The_layers_start_as_the_identity()
    {
        using var scope = NewDisposeScope();
        using var ungraded = no_grad();
        using var batch = TokenBatch.Create([_tokenizer.Encode("the cat runs")], [], AttentionVariant.Causal, CPU);
        var hidden = _checkpoint.Model.forward(batch)[0]; // [length, hidden]
        var embeddings = _checkpoint.Values("model.embed_tokens.weight").Chunk(TinyCheckpoint.Hidden).ToArray();
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

    private Tensor Meanings() // unit vectors, at right angles for the words
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

    private PassageStatistics Statistics()
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
