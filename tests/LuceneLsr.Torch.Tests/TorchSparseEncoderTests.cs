using LuceneLsr.TestSupport;
using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Torch.Tests.Reference;
using LuceneLsr.Torch.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace LuceneLsr.Torch.Tests;

/// <summary>An encoder over a directory of random weights, against the reference.</summary>
public sealed class TorchSparseEncoderTests : IDisposable
{
    private static readonly string[] Words = ["cat", "dog", "film", "movie", "run", "runs", "tag"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(AttentionVariant.Causal)]
    [InlineData(AttentionVariant.Bidirectional)]
    [InlineData(AttentionVariant.Echo)]
    public void A_vector_is_the_pooled_head_over_special_token_prefix_and_text(AttentionVariant variant)
    {
        var settings = TinyCheckpoint.Settings with
        {
            Variant = PerSide.Both(variant),
            AddBos = true,
            Prefix = new("tag", "dog dog"),
            LogitScale = 0.5f,
        };
        using var encoder = Load(settings, out var reference);
        int tag = TinyTokenizer.Id("tag"), dog = TinyTokenizer.Id("dog");
        int[] text = [.. Words.Select(TinyTokenizer.Id)];
        AssertVector(
            reference.PooledWeights([TinyTokenizer.Bos, tag], text, variant, 0.5),
            encoder.Query(string.Join(' ', Words)));
        AssertVector(
            reference.PooledWeights([TinyTokenizer.Bos, dog, dog], text, variant, 0.5),
            encoder.Document(string.Join(' ', Words)));
    }

    [Theory]
    [InlineData(PooledTokens.Text, 0)]
    [InlineData(PooledTokens.PrefixAndText, 2)]
    [InlineData(PooledTokens.All, 3)]
    public void Each_side_has_its_variant_and_the_pool_what_settings_say(PooledTokens pooled, int pooledHead)
    {
        var settings = TinyCheckpoint.Settings with
        {
            Variant = new(AttentionVariant.Echo, AttentionVariant.Bidirectional),
            AddBos = true,
            Prefix = new("tag dog", "tag dog"),
            PooledTokens = pooled,
        };
        using var encoder = Load(settings, out var reference);
        int[] head = [TinyTokenizer.Bos, TinyTokenizer.Id("tag"), TinyTokenizer.Id("dog")];
        int[] text = [TinyTokenizer.Id("cat"), TinyTokenizer.Id("runs")];
        AssertVector(
            reference.PooledWeights(head, text, AttentionVariant.Echo, 1, pooledHead), encoder.Query("cat runs"));
        AssertVector(
            reference.PooledWeights(head, text, AttentionVariant.Bidirectional, 1, pooledHead),
            encoder.Document("cat runs"));
    }

    [Theory]
    [InlineData(null, 40, 1)]
    [InlineData(30, 40, 3)]
    [InlineData(40, 40, 3)]
    public void A_long_documents_windows_are_merged_by_the_largest_weight(int? stride, int length, int windows)
    {
        using var encoder = Load(
            TinyCheckpoint.Settings with { DocumentStride = stride, MaxTokens = new(20, length) }, out var reference);
        var words = new Random(31).GetItems(Words, 95);
        int[] text = [.. words.Select(TinyTokenizer.Id)];
        var expected = Enumerable.Range(0, windows)
            .Select(window => (window * stride) ?? 0)
            .Select(start => text[start..Math.Min(start + length, text.Length)])
            .Select(window => reference.PooledWeights([], window, AttentionVariant.Causal, 1))
            .Aggregate((left, right) => [.. left.Zip(right, Math.Max)]);
        var vectors = encoder.Documents("cat", string.Join(' ', words), "", "dog");
        AssertVector(expected, vectors[1]);
        AssertVector(reference.PooledWeights([], [TinyTokenizer.Id("dog")], AttentionVariant.Causal, 1), vectors[3]);
        AssertVector(
            reference.PooledWeights([], text[..20], AttentionVariant.Causal, 1), encoder.Query(string.Join(' ', words)));
    }

    [Fact]
    public void Windows_of_texts_have_the_vectors_of_their_texts()
    {
        using var encoder = Load(TinyCheckpoint.Settings, out _);
        var random = new Random(32);
        string[] texts =
        [
            .. Enumerable.Range(0, 50).Select(_ => string.Join(' ', random.GetItems(Words, random.Next(9)))),
        ];
        var expected = texts.Chunk(8).Select(window => (window, encoder.Documents(window))).ToArray();
        var actual = encoder.EncodeChunks(
            texts.Chunk(8), text => text, TextSide.Document, TestContext.Current.CancellationToken).ToArray();
        Assert.Equal(expected.Select(next => next.window), actual.Select(next => next.Chunk));
        Assert.Equal(
            expected.SelectMany(next => next.Item2).Select(vector => vector.Entries),
            actual.SelectMany(next => next.Vectors).Select(vector => vector.Entries));
    }

    [Fact]
    public void Windows_that_are_cancelled_are_not_encoded()
    {
        using var encoder = Load(TinyCheckpoint.Settings, out _);
        using var cancellation = new CancellationTokenSource();
        using var windows = encoder.EncodeChunks([["cat"], ["dog"]], text => text, TextSide.Query, cancellation.Token)
            .GetEnumerator();
        Assert.True(windows.MoveNext());
        cancellation.Cancel();
        Assert.Throws<OperationCanceledException>(() => windows.MoveNext());
    }

    /// <summary>300 texts of up to 40 tokens are more than the 4,096 tokens of one internal batch.</summary>
    [Theory]
    [InlineData(AttentionVariant.Causal)]
    [InlineData(AttentionVariant.Bidirectional)]
    public void Vectors_stand_in_the_order_of_the_texts_and_are_those_of_each_text_alone(AttentionVariant variant)
    {
        using var encoder = Load(TinyCheckpoint.Settings with { Variant = PerSide.Both(variant) }, out var reference);
        var random = new Random(14);
        var texts = Enumerable.Range(0, 300)
            .Select(_ => random.GetItems(Words, random.Next(41))).ToArray();
        var vectors = encoder.Documents([.. texts.Select(text => string.Join(' ', text))]);
        Assert.Equal(texts.Length, vectors.Count);
        foreach (var (text, vector) in texts.Zip(vectors).Where(pair => pair.First.Length > 0))
        {
            AssertVector(reference.PooledWeights([], [.. text.Select(TinyTokenizer.Id)], variant, 1), vector);
        }

        Assert.Contains(texts, text => text.Length == 0);
        Assert.All(texts.Zip(vectors).Where(pair => pair.First.Length == 0), pair => Assert.Empty(pair.Second.Entries));
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("\t\r\n\u00a0")]
    public void An_empty_or_blank_text_gives_the_empty_vector(string text)
    {
        using var encoder = Load(TinyCheckpoint.Settings with { AddBos = true, Prefix = new("tag", "tag") }, out _);
        Assert.Empty(encoder.Query(text).Entries);
        Assert.Equal([0, 1], encoder.Documents(text, "cat").Select(vector => Math.Min(1, vector.Count)));
        Assert.Empty(encoder.Documents([]));
    }

    [Fact]
    public void A_text_is_cut_at_the_tokens_of_its_side_and_the_prefix_is_not_counted()
    {
        using var encoder = Load(
            TinyCheckpoint.Settings with { Prefix = new("tag tag", "tag tag"), MaxTokens = new(2, 3) }, out _);
        const string Text = "cat dog film movie";
        AssertSame(encoder.Query("cat dog"), encoder.Query(Text));
        AssertSame(encoder.Document("cat dog film"), encoder.Document(Text));
        Assert.NotEqual(encoder.Document("cat dog").Entries, encoder.Document(Text).Entries);
    }

    [Fact]
    public void Any_text_is_encoded_as_finite_weights()
    {
        using var encoder = Load(TinyCheckpoint.Settings, out _);
        string[] texts = ["\ud800", "a\udc00b", "\0", "<s> \ufffd", "😀", new string('x', 100_000), "\u200b", "ﬁ İ ß"];
        Assert.All(encoder.Documents(texts), vector => Assert.NotEmpty(vector.Entries));
    }

    [Fact]
    public void A_cancelled_call_gives_no_vectors()
    {
        using var encoder = Load(TinyCheckpoint.Settings, out _);
        Assert.Throws<OperationCanceledException>(
            () => encoder.Encode(["cat"], TextSide.Query, new CancellationToken(canceled: true)));
    }

    [Fact]
    public async Task Threads_share_an_encoder()
    {
        using var encoder = Load(TinyCheckpoint.Settings, out _);
        string[] texts = ["cat dog", "film", "movie run runs cat"];
        var expected = encoder.Documents(texts).Select(vector => vector.Entries).ToArray();
        var all = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(
            () => encoder.Documents(texts), TestContext.Current.CancellationToken)));
        Assert.All(all, vectors => Assert.Equal(expected, vectors.Select(vector => vector.Entries)));
    }

    [Theory]
    [InlineData(AttentionVariant.Bidirectional, TermPooling.Max, Precision.Float32)]
    [InlineData(AttentionVariant.Causal, TermPooling.Sum, Precision.BFloat16)]
    [InlineData(AttentionVariant.Echo, TermPooling.Sum, Precision.Int8)]
    [InlineData(AttentionVariant.Causal, TermPooling.Max, Precision.Int4)]
    public void No_tensor_is_left_behind(AttentionVariant variant, TermPooling pooling, Precision precision)
    {
        var settings = TinyCheckpoint.Settings with
        {
            Variant = PerSide.Both(variant),
            Pooling = PerSide.Both(pooling),
            DocumentStride = 1,
            MaxTokens = new(20, 2),
            DocumentLengthNormalization = new(0.5f, 2),
        };
        using var encoder = Load(settings, out _, precision);
        using var scope = NewDisposeScope();
        encoder.Documents("cat dog film run", "film");
        Assert.Equal(0, scope.DisposablesCount);
    }

    [Fact]
    public void Each_side_has_its_pooling_and_documents_their_length()
    {
        var settings = TinyCheckpoint.Settings with
        {
            Pooling = new(TermPooling.Max, TermPooling.Sum),
            LogitScale = 0.5f,
            DocumentLengthNormalization = new(0.75f, 2),
        };
        using var encoder = Load(settings, out var reference);
        int[] text = [.. "cat film cat cat".Split(' ').Select(TinyTokenizer.Id)];
        AssertVector(
            reference.PooledWeights([], text, AttentionVariant.Causal, 0.5), encoder.Query("cat film cat cat"));
        AssertVector(
            reference.PooledWeights(
                [], text, AttentionVariant.Causal, 0.5 / (0.25 + (0.75 * 4 / 2)), pooling: TermPooling.Sum),
            encoder.Document("cat film cat cat"));
    }

    [Fact]
    public void The_vocabulary_id_names_terms_and_stemming()
    {
        using TemporaryFolder terms = new(), stems = new(), same = new();
        var porter = TinyCheckpoint.Settings with { TermRule = new TermRule(Stemming.Porter) };
        string[] rows = [.. Enumerable.Range(0, TinyTokenizer.Size).Select(row => $"term{row}")];
        string[] ids =
        [
            Id(_folder, TinyCheckpoint.Settings, null), Id(stems, porter, null),
            Id(terms, TinyCheckpoint.Settings, rows),
            Id(same, TinyCheckpoint.Settings with { LogitScale = 0.1f, MaxTerms = new(1, 1) }, rows),
        ];
        Assert.Equal(3, ids[..3].Distinct().Count());
        Assert.Equal(ids[2], ids[3]);
    }

    private static string Id(TemporaryFolder folder, LsrSettings settings, string[]? terms)
    {
        TinyCheckpoint.Write(folder, TinyModel.Config, ReferenceWeights.Zero(TinyModel.Config), settings, terms);
        using var encoder = TorchSparseEncoder.Load(folder.Path);
        return encoder.VocabularyId;
    }

    private TorchSparseEncoder Load(
        LsrSettings settings, out ReferenceDecoder reference, Precision precision = Precision.Float32)
    {
        var weights = ReferenceWeights.Random(TinyModel.Config, seed: 15);
        TinyCheckpoint.Write(_folder, TinyModel.Config, weights, settings, RowTerms.All);
        reference = new ReferenceDecoder(TinyModel.Config, weights);
        return TorchSparseEncoder.Load(_folder.Path, precision: precision);
    }

    private static void AssertVector(double[] expected, SparseVector vector) =>
        Near.Equal(expected, RowTerms.Dense(vector));

    private static void AssertSame(SparseVector expected, SparseVector actual) => Near.Equal(
        [.. RowTerms.Dense(expected).Select(weight => (double)weight)], RowTerms.Dense(actual));
}
