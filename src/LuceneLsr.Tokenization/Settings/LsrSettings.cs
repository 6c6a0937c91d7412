using System.Text.Json;
using System.Text.Json.Serialization;
using LuceneLsr.Files;

namespace LuceneLsr.Tokenization.Settings;

/// <summary>
/// The settings in <c>lsr.json</c> that turn the language model of a checkpoint directory into a sparse encoder.
/// Training and encoding share this file.
/// </summary>
public sealed record LsrSettings
{
    /// <summary>The file name in a checkpoint directory.</summary>
    public const string FileName = "lsr.json";

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters =
        {
            new JsonStringEnumConverter(namingPolicy: null, allowIntegerValues: false),
            new PerSideConverter(),
        },
        WriteIndented = true,
    };

    /// <summary>Gets the attention variant.</summary>
    public PerSide<AttentionVariant> Variant { get; init; } = PerSide.Both(AttentionVariant.Causal);

    /// <summary>
    /// Gets whether texts are lower-cased before tokenization. It improves models with cased vocabularies (arXiv
    /// 2601.17500).
    /// </summary>
    public bool LowerCase { get; init; } = true;

    /// <summary>Gets whether texts start with the beginning-of-sequence token, an attention sink.</summary>
    public bool AddBos { get; init; }

    /// <summary>
    /// Gets whether texts end with the special tokens that the tokenizer's template adds after a text, such as "[SEP]"
    /// or "&lt;/s&gt;".
    /// </summary>
    public bool AddEos { get; init; }

    /// <summary>Gets the text added before each text, such as "query: ".</summary>
    public PerSide<string> Prefix { get; init; } = new("", "");

    /// <summary>Gets which positions are pooled.</summary>
    public PooledTokens PooledTokens { get; init; } = PooledTokens.Text;

    /// <summary>Gets how positions are pooled.</summary>
    public PerSide<TermPooling> Pooling { get; init; } = PerSide.Both(TermPooling.Max);

    /// <summary>Gets the function that keeps large logits from dominating a vector.</summary>
    public PerSide<Saturation> Saturation { get; init; } = PerSide.Both(Settings.Saturation.Log);

    /// <summary>
    /// Gets the maximum number of tokens of a text. Longer texts are truncated. Prefix and special tokens do not count.
    /// </summary>
    public PerSide<int> MaxTokens { get; init; } = new(64, 256);

    /// <summary>
    /// Gets the stride, in tokens, between windows of a document longer than <see cref="MaxTokens"/>. The vectors of
    /// its windows are merged by the maximum weight of each term. The model reads each token about max_tokens / stride
    /// times. If null, documents are truncated to the first window.
    /// </summary>
    public int? DocumentStride { get; init; }

    /// <summary>Gets the maximum number of terms of a text. Terms with the largest weights are kept.</summary>
    public PerSide<int> MaxTerms { get; init; } = new(30, 200);

    /// <summary>
    /// Gets the factor applied to logits before saturation. A large head collapses training (arXiv 2606.18811).
    /// </summary>
    public float LogitScale { get; init; } = 1;

    /// <summary>Gets the length normalization of documents, or null for none.</summary>
    public LengthNormalization? DocumentLengthNormalization { get; init; }

    /// <summary>
    /// Gets the factor on the lexical weights and whole words of a document by their frequency and the document's
    /// length, or null for 1.
    /// </summary>
    public TermFrequencyFactor? DocumentTermFrequency { get; init; }

    /// <summary>Gets the rule that maps tokens and words to index terms.</summary>
    public TermRule TermRule { get; init; } = new();

    /// <summary>
    /// Gets the weight of a whole word that the vocabulary splits or lacks, such as a name, a code or a part number. The
    /// word is added as an exact-match term next to its pieces. 0 disables whole words.
    /// </summary>
    public PerSide<float> WholeWordWeight { get; init; } = new(0, 0);

    /// <summary>Gets the number of impact units per unit of weight in the index.</summary>
    public float ImpactFactor { get; init; } = 50;

    /// <summary>Gets the maximum impact in the index. Larger impacts are clamped.</summary>
    public int ImpactMaximum { get; init; } = 255;

    /// <summary>Gets the impact scale with this factor and maximum.</summary>
    [JsonIgnore]
    public ImpactScale ImpactScale => new(ImpactFactor, ImpactMaximum);

    /// <summary>Loads the settings of a checkpoint directory.</summary>
    /// <exception cref="CheckpointException">
    /// The file is missing or not valid JSON, or a field is unknown or out of range.
    /// </exception>
    public static LsrSettings Load(string directory)
    {
        var path = Path.Combine(directory, FileName);
        CheckpointFile.RequireExists(path, "A checkpoint directory contains lsr.json next to config.json. Only a "
            + "public sparse model needs none: modules.json, or a config.json whose architecture is ...ForMaskedLM.");
        return CheckpointFile.Deserialize<LsrSettings>(path, Json, settings => settings.ValidateFields());
    }

    /// <summary>Saves the settings in a checkpoint directory.</summary>
    public void Save(string directory) =>
        AtomicFile.WriteText(Path.Combine(directory, FileName), ToJson() + "\n");

    /// <summary>Returns the settings as <c>lsr.json</c> has them.</summary>
    internal string ToJson() => JsonSerializer.Serialize(this, Json);

    /// <summary>Checks that all values are in range.</summary>
    /// <exception cref="CheckpointException">A field is out of range.</exception>
    internal void Validate()
    {
        try
        {
            ValidateFields();
        }
        catch (InvalidDataException exception)
        {
            throw new CheckpointException(FileName, exception.Message, exception);
        }
    }

    private static bool AreDefined<T>(PerSide<T> sides)
        where T : struct, Enum => Enum.IsDefined(sides.Query) && Enum.IsDefined(sides.Document);

    private void ValidateFields()
    {
        ValidateInput();
        ValidateTerms();
        Require.Data(float.IsFinite(LogitScale) && LogitScale > 0, "logit_scale must be finite and greater than 0");
        Require.Data(DocumentLengthNormalization is null or { B: >= 0 and <= 1, AverageTokens: >= 1 and <= 1e6f },
            "document_length_normalization must be null, or b from 0 to 1 and average_tokens from 1 to 1,000,000");
        Require.Data(
            DocumentTermFrequency is null or { K1: >= 0 and <= 100, B: >= 0 and <= 1, AverageTokens: >= 1 and <= 1e6f },
            "document_term_frequency must be null, or k1 from 0 to 100, b from 0 to 1 and average_tokens from 1 to "
            + "1,000,000");
        Require.Data(float.IsFinite(ImpactFactor) && ImpactFactor > 0,
            "impact_factor must be finite and greater than 0");
        Require.Data(ImpactMaximum is > 0 and <= ImpactScale.MaxImpactLimit,
            $"impact_maximum must be from 1 to {ImpactScale.MaxImpactLimit}");
    }

    // JSON may give an enum as a list of names, which is read as their sum. Hence the checks for defined values.
    private void ValidateInput()
    {
        Require.Data(Variant is not null, "variant must not be null. Remove it to use the default");
        Require.Data(AreDefined(Variant), "variant must be causal, bi or echo");
        Require.Data(Prefix is { Query: not null, Document: not null },
            "prefix must be a string on both sides. It may be empty");
        Require.Data(MaxTokens is { Query: > 0, Document: > 0 }, "max_tokens must be greater than 0 on both sides");
        Require.Data(DocumentStride is null || (DocumentStride > 0 && DocumentStride <= MaxTokens.Document),
            $"document_stride is {DocumentStride}, but must be null or from 1 to {MaxTokens.Document}, the max_tokens "
            + "of documents, so that every token is in a window");
    }

    private void ValidateTerms()
    {
        Require.Data(Enum.IsDefined(PooledTokens), "pooled_tokens must be text, prefix_and_text or all");
        Require.Data(Pooling is not null, "pooling must not be null. Remove it to use the default");
        Require.Data(AreDefined(Pooling), "pooling must be max, mean, sum or saturated_sum");
        Require.Data(Saturation is not null, "saturation must not be null. Remove it to use the default");
        Require.Data(AreDefined(Saturation), "saturation must be log or log_log");
        Require.Data(MaxTerms is { Query: > 0, Document: > 0 }, "max_terms must be greater than 0 on both sides");
        Require.Data(TermRule is not null, "term_rule must not be null. Remove it to use the default");
        Require.Data(Enum.IsDefined(TermRule.Stemming), "stemming of term_rule must be none or porter");
        Require.Data(Enum.IsDefined(TermRule.Tokens), "tokens of term_rule must be text, token or any_token");
        Require.Data(WholeWordWeight is { Query: >= 0 and <= float.MaxValue, Document: >= 0 and <= float.MaxValue },
            "whole_word_weight must be finite and not negative on both sides");
    }
}
