using LuceneLsr.Onnx.Tests.Support;
using LuceneLsr.TestSupport;
using LuceneLsr.Tokenization;
using LuceneLsr.Tokenization.Encoders;
using LuceneLsr.Tokenization.Tokenizers;
using static Onnx.TensorProto.Types;

namespace LuceneLsr.Onnx.Tests;

/// <summary>
/// The model looks up two numbers per token: "cat" is (3, 0), "dog" (0, 4), "film" (1, 1), the special tokens (6, 0)
/// before and (0, 2) after a text, "tag" (-6, -2), and all others (-9, -9), the padding token among them.
/// </summary>
public sealed class OnnxDenseEncoderTests : IDisposable
{
    private const int Before = TinyTokenizer.Bos, After = TinyTokenizer.Bos - 1;

    private const string Template =
        """
        {"type": "TemplateProcessing", "special_tokens": {"x": {"ids": [299]}, "y": {"ids": [298]} },
         "single": [{"SpecialToken": {"id": "x"} }, {"Sequence": {"id": "A"} }, {"SpecialToken": {"id": "y"} }]}
        """;

    private readonly TemporaryFolder _folder = new();

    public OnnxDenseEncoderTests()
    {
        _folder.Write(TextTokenizer.FileName, JsonMutations.With(TinyTokenizer.Json(), "post_processor", Template));
        CreateGraph().Write(_folder);
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>The mean of (6, 0), (3, 0), (0, 4) and (0, 2); and of (6, 0), (1, 1) and (0, 2).</summary>
    [Fact]
    public void Encode_mean_covers_special_tokens_but_no_padding()
    {
        var vectors = Encode(new() { Normalize = false }, " cat dog", " film");
        AssertNear([2.25f, 1.5f], vectors[0]);
        AssertNear([7 / 3f, 1], vectors[1]);
    }

    /// <summary>The mean (2.25, 1.5) is a multiple of (3, 2), whose length is the root of 13.</summary>
    [Fact]
    public void Encode_normalized_vectors_have_length_1() =>
        AssertNear([3 / MathF.Sqrt(13), 2 / MathF.Sqrt(13)], Encode(new(), " cat dog")[0]);

    /// <summary>Zeros have no direction.</summary>
    [Fact]
    public void Encode_vector_of_zeros_stays_zero() => AssertNear([0, 0], Encode(new(), " tag")[0]);

    [Fact]
    public void Encode_first_token_is_state_of_first_token() => AssertNear(
        [6, 0], Encode(new() { Pooling = DensePooling.FirstToken, Normalize = false }, " cat dog")[0]);

    /// <summary>With "dog" before the text: the mean of (6, 0), (0, 4), (3, 0) and (0, 2).</summary>
    [Fact]
    public void Encode_puts_prefix_of_its_side_before_text()
    {
        var options = new DenseEncoderOptions { Prefix = new(" dog", ""), Normalize = false };
        AssertNear([2.25f, 1.5f], Encode(options, " cat")[0]);
        using var encoder = OnnxDenseEncoder.Load(_folder.Path, options);
        AssertNear([3, 2 / 3f], encoder.Encode([" cat"], TextSide.Document, CancellationToken.None)[0]);
    }

    [Fact]
    public void Encode_truncates_text_to_room_between_special_tokens() => AssertNear(
        [3, 2 / 3f], Encode(new() { MaxTokens = 3, Normalize = false }, " cat dog dog dog")[0]);

    [Fact]
    public void Encode_empty_text_has_special_tokens_only() =>
        AssertNear([3, 1], Encode(new() { Normalize = false }, "")[0]);

    [Fact]
    public void Encode_text_without_tokens_throws()
    {
        _folder.Write(TextTokenizer.FileName, TinyTokenizer.Json());
        var exception = Assert.Throws<ArgumentException>(() => Encode(new(), ""));
        Assert.Contains("The text '' has no tokens", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Encode_returns_vectors_in_order_of_texts()
    {
        string[] texts = [.. Enumerable.Range(0, 200).Select(index => string.Concat(
            Enumerable.Repeat(index % 2 == 0 ? " cat" : " dog", 1 + (index * 37 % 23))))];
        var vectors = Encode(new() { Normalize = false }, texts);
        Assert.Equal(texts.Length, vectors.Count);
        foreach (var (index, vector) in vectors.Index())
        {
            float count = 1 + (index * 37 % 23), cats = index % 2 == 0 ? count : 0;
            AssertNear([(6 + (3 * cats)) / (count + 2), (2 + (4 * (count - cats))) / (count + 2)], vector);
        }
    }

    [Fact]
    public void Encode_gives_zero_token_types_to_model_that_needs_them()
    {
        CreateGraph("looked_up").Input("token_type_ids").Weights("types", [0, 0, 7, 7], 2, 2)
            .Node("Gather", ["types", "token_type_ids"], "typed")
            .Node("Add", ["looked_up", "typed"], "last_hidden_state").Write(_folder);
        AssertNear([2.25f, 1.5f], Encode(new() { Normalize = false }, " cat dog")[0]);
    }

    [Fact]
    public void Load_finds_model_in_subdirectory()
    {
        File.Delete(_folder.File("model.onnx"));
        CreateGraph().Write(_folder, "onnx/model.onnx");
        AssertNear([3, 1], Encode(new() { Normalize = false }, "")[0]);
    }

    [Fact]
    public void Load_without_model_throws()
    {
        File.Delete(_folder.File("model.onnx"));
        AssertThrows("file not found, nor is there one in the subdirectory onnx.");
    }

    [Fact]
    public void Load_corrupt_model_throws()
    {
        _folder.Write("model.onnx", "no model");
        AssertThrows("ONNX Runtime cannot load this model:");
    }

    [Fact]
    public void Load_model_without_attention_mask_throws()
    {
        CreateGraph(inputs: ["input_ids"]).Write(_folder);
        AssertThrows("input 'attention_mask' (Int64 [batch, length]) is missing. The model has input_ids.");
    }

    [Fact]
    public void Load_model_with_unknown_input_throws()
    {
        CreateGraph(inputs: ["input_ids", "attention_mask", "pixel_values"]).Write(_folder);
        AssertThrows("input 'pixel_values' is not supported. Supported: input_ids, attention_mask, token_type_ids.");
    }

    [Fact]
    public void Load_model_with_other_input_type_throws()
    {
        CreateGraph(inputs: ["input_ids"]).Input("attention_mask", DataType.Int32).Write(_folder);
        AssertThrows("input 'attention_mask' is Int32 [batch, length], but must be Int64 [batch, length].");
    }

    [Fact]
    public void Load_model_with_other_output_shape_throws()
    {
        new TinyGraph().Input("input_ids").Input("attention_mask").Weights("table", new float[300], 300)
            .Node("Gather", ["table", "input_ids"], "last_hidden_state")
            .Output("last_hidden_state", DataType.Float, "batch", "length").Write(_folder);
        AssertThrows(
            "output 'last_hidden_state' is Float [batch, length], but must be Float [batch, length, hidden].");
    }

    [Fact]
    public void Load_model_without_output_throws()
    {
        CreateGraph("logits", output: "logits").Write(_folder);
        AssertThrows("output 'last_hidden_state' (Float [batch, length, hidden]) is missing. The model has logits.");
    }

    [Fact]
    public void Load_without_room_for_text_throws()
    {
        var exception = Assert.Throws<CheckpointException>(
            () => OnnxDenseEncoder.Load(_folder.Path, new() { MaxTokens = 2 }));
        Assert.Contains("the tokenizer adds 2 special tokens", exception.Message, StringComparison.Ordinal);
    }

    private static TinyGraph CreateGraph(
        string result = "last_hidden_state", string output = "last_hidden_state", params string[] inputs)
    {
        var table = new float[300 * 2];
        Array.Fill(table, -9);
        Set(TinyTokenizer.Id("cat"), 3, 0);
        Set(TinyTokenizer.Id("dog"), 0, 4);
        Set(TinyTokenizer.Id("film"), 1, 1);
        Set(TinyTokenizer.Id("tag"), -6, -2);
        Set(Before, 6, 0);
        Set(After, 0, 2);
        var graph = new TinyGraph().Weights("table", table, 300, 2).Node("Gather", ["table", "input_ids"], result)
            .Output(output, DataType.Float, "batch", "length", "2");
        return (inputs is [] ? ["input_ids", "attention_mask"] : inputs)
            .Aggregate(graph, (built, input) => built.Input(input));

        void Set(int token, float first, float second) =>
            (table[token * 2], table[(token * 2) + 1]) = (first, second);
    }

    private static void AssertNear(float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
    }

    private IReadOnlyList<float[]> Encode(DenseEncoderOptions options, params string[] texts)
    {
        using var encoder = OnnxDenseEncoder.Load(_folder.Path, options);
        return encoder.Encode(texts, TextSide.Query, CancellationToken.None);
    }

    private void AssertThrows(string problem)
    {
        var exception = Assert.Throws<CheckpointException>(() => OnnxDenseEncoder.Load(_folder.Path));
        Assert.StartsWith(_folder.File("model.onnx") + ": " + problem, exception.Message);
    }
}
