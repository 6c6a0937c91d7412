using System.Text.Json;
using System.Text.Json.Serialization;

namespace LuceneLsr.Tokenization.Settings;

/// <summary>
/// What a checkpoint directory says, in <c>lsr.json</c>, about turning its language model into a sparse encoder.
/// Trainer and encoder read and write the same file, so that a directory explains itself.
/// </summary>
public sealed record LsrSettings
{
    /// <summary>The file's name in a checkpoint directory.</summary>
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

    /// <summary>How far a position sees.</summary>
    public PerSide<AttentionVariant> Variant { get; init; } = PerSide.Both(AttentionVariant.Causal);

    /// <summary>
    /// Whether texts are lower-cased before tokenization (cased vocabularies are worse without, arXiv 2601.17500).
    /// </summary>
    public bool LowerCase { get; init; } = true;

    /// <summary>
    /// Whether the model's beginning-of-sequence token stands first. It is an attention sink.
    /// </summary>
    public bool AddBos { get; init; }

    /// <summary>Text put before each text, such as "query: ".</summary>
    public PerSide<string> Prefix { get; init; } = new("", "");

    /// <summary>Which of all these positions are pooled.</summary>
    public PooledTokens PooledTokens { get; init; } = PooledTokens.Text;

    /// <summary>How they are pooled.</summary>
    public PerSide<TermPooling> Pooling { get; init; } = PerSide.Both(TermPooling.Max);

    /// <summary>
    /// Tokens of a text that are read; what follows is cut. Prefix and special tokens are not counted.
    /// </summary>
    public PerSide<int> MaxTokens { get; init; } = new(64, 256);

    /// <summary>
    /// Where a document has more than <see cref="MaxTokens"/>: how many of them lie between the beginnings of two windows
    /// of so many tokens, whose vectors are merged by each term's largest weight. The model then reads each token about
    /// max_tokens / stride times. Null: the document is cut after the first window.
    /// </summary>
    public int? DocumentStride { get; init; }

    /// <summary>Terms kept of a text, the strongest.</summary>
    public PerSide<int> MaxTerms { get; init; } = new(30, 200);

    /// <summary>Factor on every logit before saturation (a large head collapses training, arXiv 2606.18811).</summary>
    public float LogitScale { get; init; } = 1;

    /// <summary>How a document's length counts; null: not at all.</summary>
    public LengthNormalization? DocumentLengthNormalization { get; init; }

    /// <summary>How vocabulary and words become index terms.</summary>
    public TermRule TermRule { get; init; } = new();

    /// <summary>
    /// Weight of a whole word that the vocabulary splits (names, codes, part numbers), added as an exact-match term
    /// beside its pieces; 0 turns it off.
    /// </summary>
    public PerSide<float> WholeWordWeight { get; init; } = new(0, 0);

    /// <summary>Impact units a unit of weight, for the index.</summary>
    public float ImpactFactor { get; init; } = 50;

    /// <summary>Largest impact stored; larger ones are clamped.</summary>
    public int ImpactMaximum { get; init; } = 255;

    /// <summary>The impact scale that factor and maximum make.</summary>
    [JsonIgnore]
    public ImpactScale ImpactScale => new(ImpactFactor, ImpactMaximum);

    /// <summary>Reads a checkpoint directory's settings.</summary>
    /// <exception cref="CheckpointException">
    /// The file is missing, no valid JSON, or a field is unknown or out of range.
    /// </exception>
    public static LsrSettings Load(string directory)
    {
        var path = Path.Combine(directory, FileName);
        if (!File.Exists(path))
        {
            throw new CheckpointException(path, "missing. A checkpoint directory holds lsr.json beside config.json.");
        }

        try
        {
            var settings = JsonSerializer.Deserialize<LsrSettings>(File.ReadAllText(path), Json)
                ?? throw new CheckpointException(path, "is 'null'; it must hold a JSON object.");
            settings.Validate(path);
            return settings;
        }
        catch (JsonException exception)
        {
            throw new CheckpointException(path, $"{exception.Path}: {exception.Message}", exception);
        }
    }

    /// <summary>Writes the settings into a checkpoint directory.</summary>
    public void Save(string directory) =>
        File.WriteAllText(Path.Combine(directory, FileName), JsonSerializer.Serialize(this, Json) + "\n");

    /// <summary>Refuses settings that cannot be used.</summary>
    /// <param name="path">What the error names: the file that they are from.</param>
    /// <exception cref="CheckpointException">A field is out of range.</exception>
    public void Validate(string path = FileName)
    {
        Require(Variant is not null, "variant is null; remove it to take its default");
        // A list of names, which JSON may hold, is read as their sum.
        Require(AreDefined(Variant!), "variant must be causal, bi or echo");
        Require(Enum.IsDefined(PooledTokens), "pooled_tokens must be text, prefix_and_text or all");
        Require(Pooling is not null, "pooling is null; remove it to take its default");
        Require(AreDefined(Pooling!), "pooling must be max or sum");
        Require(Prefix is { Query: not null, Document: not null },
            "prefix must have a text, if an empty one, on both sides");
        Require(MaxTokens is { Query: > 0, Document: > 0 }, "max_tokens must be above zero on both sides");
        Require(DocumentStride is null || (DocumentStride > 0 && DocumentStride <= MaxTokens.Document),
            $"document_stride is {DocumentStride}: it must be null, or from 1 to a document's max_tokens, "
            + $"{MaxTokens.Document}, so that no token is left out");
        Require(MaxTerms is { Query: > 0, Document: > 0 }, "max_terms must be above zero on both sides");
        Require(TermRule is not null, "term_rule is null; remove it to take its default");
        Require(Enum.IsDefined(TermRule!.Stemming), "term_rule's stemming must be none or porter");
        Require(float.IsFinite(LogitScale) && LogitScale > 0, "logit_scale must be finite and above zero");
        Require(DocumentLengthNormalization is null or { B: >= 0 and <= 1, AverageTokens: >= 1 and <= 1e6f },
            "document_length_normalization must be null, or b from 0 to 1 and average_tokens from 1 to 1,000,000");
        Require(WholeWordWeight is { Query: >= 0 and <= float.MaxValue, Document: >= 0 and <= float.MaxValue },
            "whole_word_weight must be finite and not negative on both sides");
        Require(float.IsFinite(ImpactFactor) && ImpactFactor > 0, "impact_factor must be finite and above zero");
        Require(ImpactMaximum is > 0 and <= ImpactScale.MaxImpactLimit,
            $"impact_maximum must be from 1 to {ImpactScale.MaxImpactLimit}");

        static bool AreDefined<T>(PerSide<T> sides)
            where T : struct, Enum => Enum.IsDefined(sides.Query) && Enum.IsDefined(sides.Document);

        void Require(bool holds, string rule)
        {
            if (!holds)
            {
                throw new CheckpointException(path, $"{rule}.");
            }
        }
    }
}
