using LuceneLsr.TestSupport;
using LuceneLsr.Tokenization.Settings;

namespace LuceneLsr.Tokenization.Tests.Settings;

public sealed class LsrSettingsTests : IDisposable
{
    private const string Full =
        """
        {"variant": {"query": "causal", "document": "echo"}, "lower_case": false, "add_bos": true,
         "add_eos": true,
         "prefix": {"query": "query: ", "document": ""}, "pooled_tokens": "prefix_and_text", "pooling": "sum",
         "saturation": {"query": "log", "document": "log_log"},
         "document_stride": 100, "max_tokens": {"query": 48, "document": 160},
         "max_terms": {"query": 20, "document": 100}, "logit_scale": 0.25,
         "document_length_normalization": {"b": 0.75, "average_tokens": 180},
         "document_term_frequency": {"k1": 1.5, "b": 0.5, "average_tokens": 70}, "term_rule": {"stemming": "porter"},
         "whole_word_weight": {"query": 0.5, "document": 1.5}, "impact_factor": 60, "impact_maximum": 1000}
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Load_reads_every_field() => Assert.Equal(
        new LsrSettings
        {
            Variant = new(AttentionVariant.Causal, AttentionVariant.Echo),
            LowerCase = false,
            AddBos = true,
            AddEos = true,
            Prefix = new("query: ", ""),
            PooledTokens = PooledTokens.PrefixAndText,
            Pooling = PerSide.Both(TermPooling.Sum),
            Saturation = new(Saturation.Log, Saturation.LogLog),
            DocumentStride = 100,
            MaxTokens = new(48, 160),
            MaxTerms = new(20, 100),
            LogitScale = 0.25f,
            DocumentTermFrequency = new(K1: 1.5f, B: 0.5f, AverageTokens: 70),
            DocumentLengthNormalization = new(0.75f, 180),
            TermRule = new(Stemming.Porter),
            WholeWordWeight = new(0.5f, 1.5f),
            ImpactFactor = 60,
            ImpactMaximum = 1000,
        },
        Load(Full));

    [Fact]
    public void Load_missing_fields_have_defaults()
    {
        Assert.Equal(new LsrSettings(), Load("{}"));
        Assert.Equal(new LsrSettings { AddBos = true }, Load("""{"add_bos": true}"""));
        Assert.Equal(new ImpactScale(50, 255), Load("{}").ImpactScale);
    }

    [Fact]
    public void Load_single_value_applies_to_both_sides()
    {
        var settings = Load("""{"variant": "bi", "max_tokens": 48, "prefix": "text: "}""");
        Assert.Equal(PerSide.Both(AttentionVariant.Bidirectional), settings.Variant);
        Assert.Equal((new(48, 48), new("text: ", "text: ")), (settings.MaxTokens, settings.Prefix));
    }

    [Theory]
    [InlineData(AttentionVariant.Causal, "causal")]
    [InlineData(AttentionVariant.Bidirectional, "bi")]
    [InlineData(AttentionVariant.Echo, "echo")]
    public void Save_then_Load_returns_equal_settings(AttentionVariant variant, string name)
    {
        var settings = Load(Full) with { Variant = PerSide.Both(variant) };
        settings.Save(_folder.Path);
        var file = File.ReadAllText(_folder.File(LsrSettings.FileName));
        Assert.Contains($"\"variant\": \"{name}\"", file, StringComparison.Ordinal);
        Assert.Equal(settings, LsrSettings.Load(_folder.Path));
    }

    [Theory]
    [InlineData("varaint", "\"bi\"")]
    [InlineData("variant", "\"bidi\"")]
    [InlineData("variant", "7")]
    [InlineData("variant", "null")]
    [InlineData("lower_case", "\"true\"")]
    [InlineData("prefix", "null")]
    [InlineData("variant", "{\"query\": \"bi\"}")]
    [InlineData("variant", "{\"query\": \"bi\", \"document\": 1}")]
    [InlineData("pooled_tokens", "\"texts\"")]
    [InlineData("pooled_tokens", "1")]
    [InlineData("variant", "\"bi, echo\"")]
    [InlineData("pooled_tokens", "\"prefix_and_text, all\"")]
    [InlineData("document_length_normalization", "{\"b\": 1, \"average_tokens\": 1e-40}")]
    [InlineData("pooling", "\"median\"")]
    [InlineData("pooling", "null")]
    [InlineData("saturation", "\"square_root\"")]
    [InlineData("saturation", "null")]
    [InlineData("prefix", "{\"query\": \"query: \"}")]
    [InlineData("prefix", "{\"query\": null, \"document\": \"\"}")]
    [InlineData("max_tokens", "\"64\"")]
    [InlineData("max_tokens", "{\"query\": 64}")]
    [InlineData("max_tokens", "{\"query\": 64, \"document\": 0}")]
    [InlineData("max_tokens", "{\"query\": 64, \"document\": 1.5}")]
    [InlineData("document_stride", "0")]
    [InlineData("document_stride", "161")]
    [InlineData("max_terms", "{\"query\": -1, \"document\": 1}")]
    [InlineData("logit_scale", "0")]
    [InlineData("logit_scale", "1e999")]
    [InlineData("logit_scale", "\"1\"")]
    [InlineData("document_length_normalization", "{\"b\": 1.5, \"average_tokens\": 180}")]
    [InlineData("document_length_normalization", "{\"b\": 0.5, \"average_tokens\": 0}")]
    [InlineData("document_length_normalization", "{\"b\": 0.5}")]
    [InlineData("document_term_frequency", "{\"k1\": -1, \"b\": 0.5, \"average_tokens\": 180}")]
    [InlineData("document_term_frequency", "{\"k1\": 1.2, \"b\": 1.5, \"average_tokens\": 180}")]
    [InlineData("document_term_frequency", "{\"k1\": 1.2, \"b\": 0.5, \"average_tokens\": 0}")]
    [InlineData("document_term_frequency", "{\"k1\": 1.2, \"b\": 0.5}")]
    [InlineData("term_rule", "null")]
    [InlineData("term_rule", "{\"stemming\": \"snowball\"}")]
    [InlineData("term_rule", "{\"stemming\": 5}")]
    [InlineData("whole_word_weight", "{\"query\": -0.5, \"document\": 0}")]
    [InlineData("whole_word_weight", "{\"query\": 0, \"document\": 1e999}")]
    [InlineData("impact_factor", "-50")]
    [InlineData("impact_factor", "[]")]
    [InlineData("impact_maximum", "0")]
    [InlineData("impact_maximum", "65536")]
    public void Load_unknown_or_invalid_field_throws_naming_field(string field, string value) =>
        AssertRejected(field, JsonMutations.With(Full, field, value));

    [Theory]
    [InlineData("max_tokens", "\"64\"", "\"64\", but must be an integer below 2^31, or {\"query\": …, \"document\": …}.")]
    [InlineData("pooling", "\"median\"", "\"median\", but must be \"max\" or \"sum\" or \"saturated_sum\"")]
    [InlineData("add_bos", "1", "1, but must be true or false.")]
    [InlineData("logit_scale", "\"1\"", "\"1\", but must be a number.")]
    public void Load_field_of_another_type_throws_naming_value_and_type(string field, string value, string expected) =>
        AssertRejected($"field '{field}' is {expected}", JsonMutations.With(Full, field, value));

    [Fact]
    public void Load_unknown_nested_field_throws_naming_field() =>
        AssertRejected(
            "title", JsonMutations.With(Full, "max_tokens", """{"query": 64, "document": 64, "title": 64}"""));

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    public void Load_file_without_JSON_object_throws(string json) => AssertRejected("JSON", json);

    [Fact]
    public void Load_missing_file_throws_naming_file() => Assert.Contains("lsr.json: file not found",
        Assert.Throws<CheckpointException>(() => LsrSettings.Load(_folder.Path)).Message, StringComparison.Ordinal);

    [Fact]
    public void Load_mutated_file_returns_valid_settings_or_throws_naming_file() =>
        Assert.All(JsonMutations.Create(Full), json =>
        {
            try
            {
                var settings = Load(json);
                Assert.True(Enum.IsDefined(settings.PooledTokens) && Enum.IsDefined(settings.TermRule.Stemming));
                Assert.All(Enum.GetValues<TextSide>(), side => Assert.True(
                    Enum.IsDefined(settings.Variant[side]) && Enum.IsDefined(settings.Pooling[side])
                    && settings.Prefix[side] is not null && settings.MaxTokens[side] > 0 && settings.MaxTerms[side] > 0
                    && float.IsFinite(settings.WholeWordWeight[side])));
                Assert.InRange(settings.ImpactScale.Quantize(float.MaxValue), 1, settings.ImpactMaximum);
            }
            catch (CheckpointException exception)
            {
                Assert.Contains("lsr.json: ", exception.Message, StringComparison.Ordinal);
            }
        });

    private void AssertRejected(string reason, string json)
    {
        var message = Assert.Throws<CheckpointException>(() => Load(json)).Message;
        Assert.StartsWith(_folder.File("lsr.json"), message, StringComparison.Ordinal);
        Assert.Contains(reason, message, StringComparison.Ordinal);
    }

    private LsrSettings Load(string json)
    {
        _folder.Write(LsrSettings.FileName, json);
        return LsrSettings.Load(_folder.Path);
    }
}
