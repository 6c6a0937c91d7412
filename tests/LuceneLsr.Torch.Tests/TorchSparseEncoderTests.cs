using LuceneLsr.TestSupport;
using LuceneLsr.Tokenization;
using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Torch.Tests.Reference;
using LuceneLsr.Torch.Tests.Support;
using LuceneLsr.Torch.Weights;
using LuceneLsr.TorchTestSupport;
using TorchSharp;
using static TorchSharp.torch;

namespace LuceneLsr.Torch.Tests;

/// <summary>Compares an encoder with random weights with the reference.</summary>
public sealed class TorchSparseEncoderTests : IDisposable
{
    private static readonly string[] Words = ["cat", "dog", "film", "movie", "run", "runs", "tag"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(AttentionVariant.Causal)]
    [InlineData(AttentionVariant.Bidirectional)]
    [InlineData(AttentionVariant.Echo)]
    public void Encode_with_bos_and_prefix_matches_reference(AttentionVariant variant)
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
            reference.ComputePooledWeights([TinyTokenizer.Bos, tag], text, variant, 0.5),
            encoder.Query(string.Join(' ', Words)));
        AssertVector(
            reference.ComputePooledWeights([TinyTokenizer.Bos, dog, dog], text, variant, 0.5),
            encoder.Document(string.Join(' ', Words)));
    }

    /// <summary>Terms of weight NaN would be dropped, and the vector be empty.</summary>
    [Fact]
    public void Encode_with_weights_that_overflow_throws_naming_the_checkpoint()
    {
        using var encoder = Load(TinyCheckpoint.Settings with { LogitScale = float.MaxValue }, out _);
        var message = Assert.Throws<CheckpointException>(() => encoder.Query(string.Join(' ', Words))).Message;
        Assert.StartsWith($"{_folder.Path}: the model returned a weight that is", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(PooledTokens.Text, 0)]
    [InlineData(PooledTokens.PrefixAndText, 2)]
    [InlineData(PooledTokens.All, 3)]
    public void Encode_uses_variant_of_side_and_pooled_tokens_setting(PooledTokens pooled, int pooledHead)
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
            reference.ComputePooledWeights(head, text, AttentionVariant.Echo, 1, pooledHead),
            encoder.Query("cat runs"));
        AssertVector(
            reference.ComputePooledWeights(head, text, AttentionVariant.Bidirectional, 1, pooledHead),
            encoder.Document("cat runs"));
    }

    [Theory]
    [InlineData(null, 40, 1)]
    [InlineData(30, 40, 3)]
    [InlineData(40, 40, 3)]
    public void Encode_document_longer_than_max_tokens_merges_windows_by_maximum(int? stride, int length, int windows)
    {
        using var encoder = Load(
            TinyCheckpoint.Settings with { DocumentStride = stride, MaxTokens = new(20, length) }, out var reference);
        var words = new Random(31).GetItems(Words, 95);
        int[] text = [.. words.Select(TinyTokenizer.Id)];
        var expected = Enumerable.Range(0, windows)
            .Select(window => (window * stride) ?? 0)
            .Select(start => text[start..Math.Min(start + length, text.Length)])
            .Select(window => reference.ComputePooledWeights([], window, AttentionVariant.Causal, 1))
            .Aggregate((left, right) => [.. left.Zip(right, Math.Max)]);
        var vectors = encoder.Documents("cat", string.Join(' ', words), "", "dog");
        AssertVector(expected, vectors[1]);
        AssertVector(
            reference.ComputePooledWeights([], [TinyTokenizer.Id("dog")], AttentionVariant.Causal, 1), vectors[3]);
        AssertVector(
            reference.ComputePooledWeights([], text[..20], AttentionVariant.Causal, 1),
            encoder.Query(string.Join(' ', words)));
    }

    [Fact]
    public void EncodeChunks_returns_same_vectors_as_Encode()
    {
        using var encoder = Load(TinyCheckpoint.Settings, out _);
        var random = new Random(32);
        string[] texts =
        [
            .. Enumerable.Range(0, 50).Select(_ => string.Join(' ', random.GetItems(Words, random.Next(9)))),
        ];
        var expected = texts.Chunk(8).Select(chunk => (chunk, encoder.Documents(chunk))).ToArray();
        var actual = encoder.EncodeChunks(
            texts.Chunk(8), text => text, TextSide.Document, TestContext.Current.CancellationToken).ToArray();
        Assert.Equal(expected.Select(next => next.chunk), actual.Select(next => next.Chunk));
        Assert.Equal(
            expected.SelectMany(next => next.Item2).Select(vector => vector.Entries),
            actual.SelectMany(next => next.Vectors).Select(vector => vector.Entries));
    }

    [Fact]
    public void EncodeChunks_canceled_between_chunks_throws()
    {
        using var encoder = Load(TinyCheckpoint.Settings, out _);
        using var cancellation = new CancellationTokenSource();
        using var chunks = encoder.EncodeChunks([["cat"], ["dog"]], text => text, TextSide.Query, cancellation.Token)
            .GetEnumerator();
        Assert.True(chunks.MoveNext());
        cancellation.Cancel();
        Assert.Throws<OperationCanceledException>(() => chunks.MoveNext());
    }

    /// <summary>300 texts of up to 40 tokens exceed the 4,096 tokens of one batch.</summary>
    [Theory]
    [InlineData(AttentionVariant.Causal)]
    [InlineData(AttentionVariant.Bidirectional)]
    public void Encode_many_texts_returns_vectors_in_order_as_if_encoded_alone(AttentionVariant variant)
    {
        using var encoder = Load(TinyCheckpoint.Settings with { Variant = PerSide.Both(variant) }, out var reference);
        var random = new Random(14);
        var texts = Enumerable.Range(0, 300)
            .Select(_ => random.GetItems(Words, random.Next(41))).ToArray();
        var vectors = encoder.Documents([.. texts.Select(text => string.Join(' ', text))]);
        Assert.Equal(texts.Length, vectors.Count);
        foreach (var (text, vector) in texts.Zip(vectors).Where(pair => pair.First.Length > 0))
        {
            AssertVector(reference.ComputePooledWeights([], [.. text.Select(TinyTokenizer.Id)], variant, 1), vector);
        }

        Assert.Contains(texts, text => text.Length == 0);
        Assert.All(texts.Zip(vectors).Where(pair => pair.First.Length == 0), pair => Assert.Empty(pair.Second.Entries));
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("\t\r\n\u00a0")]
    public void Encode_blank_text_returns_empty_vector(string text)
    {
        using var encoder = Load(TinyCheckpoint.Settings with { AddBos = true, Prefix = new("tag", "tag") }, out _);
        Assert.Empty(encoder.Query(text).Entries);
        Assert.Equal([0, 1], encoder.Documents(text, "cat").Select(vector => Math.Min(1, vector.Count)));
        Assert.Empty(encoder.Documents([]));
    }

    [Fact]
    public void Encode_text_longer_than_max_tokens_is_truncated_not_counting_prefix()
    {
        using var encoder = Load(
            TinyCheckpoint.Settings with { Prefix = new("tag tag", "tag tag"), MaxTokens = new(2, 3) }, out _);
        const string Text = "cat dog film movie";
        AssertSame(encoder.Query("cat dog"), encoder.Query(Text));
        AssertSame(encoder.Document("cat dog film"), encoder.Document(Text));
        Assert.NotEqual(encoder.Document("cat dog").Entries, encoder.Document(Text).Entries);
    }

    [Fact]
    public void Encode_unusual_characters_returns_weights()
    {
        using var encoder = Load(TinyCheckpoint.Settings, out _);
        string[] texts = ["\ud800", "a\udc00b", "\0", "<s> \ufffd", "😀", new string('x', 100_000), "\u200b", "ﬁ İ ß"];
        Assert.All(encoder.Documents(texts), vector => Assert.NotEmpty(vector.Entries));
    }

    [Fact]
    public void Encode_with_canceled_token_throws()
    {
        using var encoder = Load(TinyCheckpoint.Settings, out _);
        Assert.Throws<OperationCanceledException>(
            () => encoder.Encode(["cat"], TextSide.Query, new CancellationToken(canceled: true)));
    }

    [Fact]
    public async Task Encode_from_several_threads_returns_same_vectors()
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
    public void Encode_disposes_all_tensors(AttentionVariant variant, TermPooling pooling, Precision precision)
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
    public void Encode_uses_pooling_of_side_and_document_length_normalization()
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
            reference.ComputePooledWeights([], text, AttentionVariant.Causal, 0.5), encoder.Query("cat film cat cat"));
        AssertVector(
            reference.ComputePooledWeights(
                [], text, AttentionVariant.Causal, 0.5 / (0.25 + (0.75 * 4 / 2)), pooling: TermPooling.Sum),
            encoder.Document("cat film cat cat"));
    }

    [Fact]
    public void VocabularyId_depends_on_terms_and_stemming_only()
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
        Near.Equal(expected, RowTerms.ToDense(vector));

    private static void AssertSame(SparseVector expected, SparseVector actual) =>
        Near.Equal(RowTerms.ToDense(expected), RowTerms.ToDense(actual));
}
