using CsCheck;
using LuceneLsr.TestSupport;
using LuceneLsr.Tokenization.Queries;
using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Tokenization.Terms;

namespace LuceneLsr.Tokenization.Tests.Queries;

public sealed class InferenceFreeQueryEncoderTests : IDisposable
{
    /// <summary>Words and their expected terms: one token each, or split into characters plus the whole word.</summary>
    private static readonly Dictionary<string, string[]> TermsOfWord = new()
    {
        ["cat"] = ["cat"],
        ["Dog"] = ["dog"],
        ["movie"] = ["movi"],
        ["run"] = ["run"],
        ["RUNS"] = ["run"],
        ["p53"] = ["p", "5", "3", "p53"],
        ["x9"] = ["x", "9", "x9"],
        ["..."] = [],
    };

    private static readonly Dictionary<string, float> Weights = new()
    {
        ["cat"] = 3, ["dog"] = 0.5f, ["movi"] = 4, ["run"] = 1, ["p"] = 0.25f, ["5"] = 5, ["x"] = 0.75f, ["9"] = 1.5f,
    };

    private static readonly HashSet<string> WholeWords = ["p53", "x9"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Encode_query_returns_table_weights_of_distinct_terms_and_whole_words() =>
        Gen.OneOf(TermsOfWord.Keys.ToArray()).Array[0, 12].Sample(words =>
        {
            var expected = words.SelectMany(word => TermsOfWord[word]).Distinct()
                .Select(term => (term, weight: WholeWords.Contains(term) ? 2 : Weights.GetValueOrDefault(term)))
                .Where(entry => entry.weight > 0)
                .OrderByDescending(entry => entry.weight).ThenBy(entry => entry.term, StringComparer.Ordinal);
            AssertVector([.. expected], Shared.Value, string.Join(' ', words));
        }, iter: 300);

    [Fact]
    public void Encode_whole_word_with_stem_equal_to_piece_takes_larger_weight()
    {
        using var encoder = Load(TinyTermSpace.Settings, "cat\t3", "dog\t1");
        AssertVector([("cat", 3), ("dog", 2)], encoder, "cats dogs");
    }

    [Fact]
    public void Encode_without_whole_words_returns_only_pieces()
    {
        using var encoder = Load(TinyTermSpace.Settings with { WholeWordWeight = new(0, 2) }, "p\t1", "x\t3");
        AssertVector([("x", 3), ("p", 1)], encoder, "p53 x9");
    }

    [Fact]
    public void Encode_query_longer_than_max_tokens_is_truncated_and_top_terms_are_kept()
    {
        using var encoder = Load(
            TinyTermSpace.Settings with { MaxTokens = new(3, 100), MaxTerms = new(2, 100) },
            "cat\t1", "dog\t2", "film\t3", "movi\t9");
        AssertVector([("film", 3), ("dog", 2)], encoder, "cat dog film movie x9");
    }

    [Fact]
    public void Encode_with_lower_case_disabled_keeps_case()
    {
        using var encoder = Load(
            TinyTermSpace.Settings with { LowerCase = false, WholeWordWeight = new(0, 0) }, "cat\t1", "dog\t1");
        AssertVector([("cat", 1)], encoder, "cat DOG");
    }

    [Fact]
    public void Encode_with_prefix_adds_no_terms()
    {
        using var encoder = Load(TinyTermSpace.Settings with { Prefix = new("tag", "") }, "cat\t1", "tag\t1");
        AssertVector([("cat", 1)], encoder, "cat");
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n")]
    [InlineData("?!")]
    public void Encode_text_without_terms_returns_empty_vector(string text) => AssertVector([], Shared.Value, text);

    [Fact]
    public void Encode_document_throws()
    {
        var error = Assert.Throws<InvalidOperationException>(
            () => Shared.Value.Encode("cat", TextSide.Document, TestContext.Current.CancellationToken));
        Assert.Contains("with the model of the checkpoint", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Encode_with_canceled_token_throws() => Assert.Throws<OperationCanceledException>(
        () => Shared.Value.Encode(["cat"], TextSide.Query, new CancellationToken(canceled: true)));

    [Fact]
    public void Encode_on_many_threads_returns_expected_vectors() => Parallel.For(0, 2_000, number =>
        AssertVector(number % 2 == 0 ? [("cat", 3)] : [("dog", 0.5f)], Shared.Value, number % 2 == 0 ? "cat" : "dog"));

    /// <summary>
    /// An encoder like the built-in checkpoint: several tokens share a term, so terms.txt defines the rows.
    /// </summary>
    private static readonly Lazy<InferenceFreeQueryEncoder> Shared = new(() =>
    {
        using var folder = new TemporaryFolder();
        TinyTermSpace.Write(folder, TinyTermSpace.Settings, ["run", .. Weights.Keys.Except(["run"])]);
        return new(
            TermSpace.Load(folder.Path),
            new QueryWeights(Weights.Select(entry => new TermWeight(entry.Key, entry.Value))));
    });

    private InferenceFreeQueryEncoder Load(LsrSettings settings, params string[] lines)
    {
        TinyTermSpace.Write(_folder, settings, lines.Select(line => line.Split('\t')[0]));
        _folder.WriteLines(QueryWeights.FileName, lines);
        return InferenceFreeQueryEncoder.Load(_folder.Path);
    }

    private static void AssertVector((string Term, float Weight)[] expected, ISparseEncoder encoder, string text) =>
        Assert.Equal(
            expected,
            encoder.Encode(text, TextSide.Query, TestContext.Current.CancellationToken).Entries
                .Select(entry => (entry.Term, entry.Weight)));
}
