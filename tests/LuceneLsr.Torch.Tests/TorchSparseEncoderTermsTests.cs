using System.Collections;
using LuceneLsr.TestSupport;
using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Torch.Tests.Support;

namespace LuceneLsr.Torch.Tests;

/// <summary>
/// The mapping from rows of the head to terms, with a model whose weights are log(1 + a chosen logit).
/// </summary>
public sealed class TorchSparseEncoderTermsTests : IDisposable
{
    private static readonly int
        Cat = TinyTokenizer.Id("cat"), Dog = TinyTokenizer.Id("dog"), Tag = TinyTokenizer.Id("tag");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Encode_term_with_several_rows_takes_maximum_weight()
    {
        using var encoder = Load(
            TinyCheckpoint.Settings, ("pet", [(Cat, 2), (Dog, 1)]), ("pet", [(Cat, 1), (Dog, 5)]), ("cat", [(Cat, 3)]));
        AssertVector([("cat", 3), ("pet", 2)], encoder.Query("cat"));
        AssertVector([("pet", 5), ("cat", 3)], encoder.Query("cat dog cat"));
    }

    [Fact]
    public void Encode_ignores_rows_without_term_and_negative_logits()
    {
        using var encoder = Load(
            TinyCheckpoint.Settings, (null, [(Cat, 9)]), ("cat", [(Cat, 1)]), ("dog", [(Cat, -1)]));
        AssertVector([("cat", 1)], encoder.Query("cat"));
    }

    [Fact]
    public void Encode_keeps_max_terms_of_each_side()
    {
        using var encoder = Load(
            TinyCheckpoint.Settings with { MaxTerms = new(1, 2) },
            ("a", [(Cat, 2)]), ("b", [(Cat, 4)]), ("c", [(Cat, 3)]));
        AssertVector([("b", 4)], encoder.Query("cat"));
        AssertVector([("b", 4), ("c", 3)], encoder.Document("cat"));
    }

    [Fact]
    public void Encode_does_not_pool_prefix_and_bos_token()
    {
        using var encoder = Load(
            TinyCheckpoint.Settings with { Prefix = new("tag", ""), AddBos = true },
            ("tag", [(Tag, 9)]), ("bos", [(TinyTokenizer.Bos, 9)]), ("cat", [(Cat, 1)]));
        AssertVector([("cat", 1)], encoder.Query("cat"));
        AssertVector([("tag", 9), ("cat", 1)], encoder.Query("cat tag"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Encode_lower_cases_text_according_to_settings(bool lowerCase)
    {
        using var encoder = Load(TinyCheckpoint.Settings with { LowerCase = lowerCase }, ("cat", [(Cat, 1)]));
        AssertVector(lowerCase ? [("cat", 1)] : [], encoder.Query("CAT"));
    }

    [Fact]
    public void Encode_adds_split_words_as_whole_words_with_weight_of_side()
    {
        using var encoder = Load(
            TinyCheckpoint.Settings with { WholeWordWeight = new(2, 0) },
            ("cat", [(Cat, 1)]), ("p53", [(Cat, 0.5f)]), ("mirna", [(Cat, 20)]));
        var query = encoder.Query("CAT P53 miRNA").Entries.ToDictionary(entry => entry.Term, entry => entry.Weight);
        Assert.Equal(["cat", "mirna", "p53"], query.Keys.Order());
        Assert.Equal(Math.Log(2), query["cat"], 1e-4); // one token after lower-casing
        Assert.Equal(2, query["p53"]); // next to a weaker row of that term
        Assert.Equal(Math.Log(21), query["mirna"], 1e-4); // next to a stronger one
        AssertVector([("mirna", 20), ("cat", 1), ("p53", 0.5f)], encoder.Document("cat P53 miRNA"));
    }

    [Fact]
    public void Encode_adds_lexical_weights_of_terms_in_text_to_those_of_model()
    {
        _folder.Write("lexical_weights.txt", "cat\t1.5\ndog\t0.5\n");
        using var encoder = Load(TinyCheckpoint.Settings, ("cat", [(Cat, 1), (Dog, 2)]), ("dog", []), ("pet", [(Cat, 3)]));
        var vector = encoder.Query("dog").Entries.ToDictionary(entry => entry.Term, entry => entry.Weight);
        Assert.Equal(["cat", "dog"], vector.Keys.Order());
        Assert.Equal(Math.Log(3), vector["cat"], 1e-4); // the text does not contain it
        Assert.Equal(0.5, vector["dog"], 1e-4);         // the model gives it no weight
        var own = encoder.Query("cat").Entries.ToDictionary(entry => entry.Term, entry => entry.Weight);
        Assert.Equal(["cat", "pet"], own.Keys.Order());
        Assert.Equal(Math.Log(2) + 1.5, own["cat"], 1e-4);
    }

    /// <summary>Two windows of two tokens contain "cat" once and twice; the document contains it three times.</summary>
    [Fact]
    public void Lexical_weights_of_windowed_document_count_its_whole_text()
    {
        var frequency = new TermFrequencyFactor(K1: 1.2f, B: 0.75f, AverageTokens: 4);
        _folder.Write("lexical_weights.txt", "cat\t1\n");
        using var encoder = Load(
            TinyCheckpoint.Settings with
            {
                MaxTokens = new(2, 2),
                DocumentStride = 2,
                DocumentTermFrequency = frequency,
            },
            ("cat", [(Dog, 4)]));
        var vector = encoder.Document("cat dog cat cat");
        Assert.Equal(Math.Log(5) + frequency.Compute(3, 4), Assert.Single(vector.Entries).Weight, 1e-4);
    }

    [Fact]
    public void Encode_counts_whole_words_toward_max_terms()
    {
        using var encoder = Load(
            TinyCheckpoint.Settings with { WholeWordWeight = new(2, 2), MaxTerms = new(1, 1) }, ("cat", [(Cat, 1)]));
        Assert.Equal([new TermWeight("p53", 2)], encoder.Query("cat p53").Entries);
    }

    [Fact]
    public void Encode_canceled_while_reading_texts_throws()
    {
        using var encoder = Load(
            TinyCheckpoint.Settings with { MaxTokens = new(500, 500), WholeWordWeight = new(1, 1) },
            ("cat", [(Cat, 1)]));
        using var source = new CancellationTokenSource();
        var texts = new CancellingTexts(string.Join(' ', Enumerable.Repeat("cat", 500)), count: 20, source);
        Assert.Throws<OperationCanceledException>(() => encoder.Encode(texts, TextSide.Document, source.Token));
    }

    private TorchSparseEncoder Load(
        LsrSettings settings, params (string? Term, (int Token, float Logit)[] Logits)[] rows)
    {
        var model = new ChosenLogitsModel([.. rows.Select(row => row.Logits)]);
        TinyCheckpoint.Write(_folder, model.Config, model.Weights, settings, rows.Select(row => row.Term));
        return TorchSparseEncoder.Load(_folder.Path);
    }

    private static void AssertVector((string Term, float Logit)[] expected, SparseVector vector) => Assert.Equal(
        expected, vector.Entries.Select(entry => (entry.Term, MathF.Round(MathF.Exp(entry.Weight) - 1, 3))));

    /// <summary>Repeats a text, and cancels while the encoder reads the last one.</summary>
    private sealed class CancellingTexts(string text, int count, CancellationTokenSource source) : IReadOnlyList<string>
    {
        public int Count => count;

        public string this[int index] => text;

        public IEnumerator<string> GetEnumerator()
        {
            for (var index = 0; index < count; index++)
            {
                if (index == count - 1)
                {
                    source.Cancel();
                }

                yield return text;
            }
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
