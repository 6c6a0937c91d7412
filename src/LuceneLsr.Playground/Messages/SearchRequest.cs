using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using LuceneLsr.Evaluation.Rankers;

namespace LuceneLsr.Playground.Messages;

[Description("A search: a text, optionally with explicit terms, and the dials.")]
internal sealed record SearchRequest : IValidatableObject
{
    [Description("The query in plain words.")]
    [Required(AllowEmptyStrings = true, ErrorMessage = "text is missing. Give the query, or an empty text.")]
    [MaxLength(Limits.TextLength, ErrorMessage = "text has more than {1} characters. Shorten it.")]
    public required string Text { get; init; }

    [Description("The terms to search instead of those that the encoder finds for the text, or null to encode the text. "
        + "BM25 always searches the text.")]
    [MaxLength(Limits.Terms, ErrorMessage = "There are more than {1} terms. Leave out the lightest.")]
    public IReadOnlyList<QueryTerm>? Terms { get; init; }

    [Description("The maximum number of hits per ranking.")]
    [Range(1, Limits.Count, ErrorMessage = "count must be from {1} to {2}.")]
    public int Count { get; init; } = 10;

    [Description("The maximum number of learned query terms, the heaviest, or null for all.")]
    [Range(1, Limits.Terms, ErrorMessage = "queryTerms must be from {1} to {2}.")]
    public int? QueryTerms { get; init; }

    [Description("The minimum ratio of a query term's weight to the largest one.")]
    [Range(0d, 1d, ErrorMessage = "minRatio must be from {1} to {2}.")]
    public float MinRatio { get; init; }

    [Description("The weight of LSR in the hybrid, from 0 (BM25 alone) to 1 (LSR alone).")]
    [Range(0d, 1d, ErrorMessage = "hybridWeight must be from {1} to {2}.")]
    public double HybridWeight { get; init; } = 0.5;

    [Description("The number of first hits of LSR that expand the query (pseudo-relevance feedback), 0 for none.")]
    [Range(0, Limits.Feedback, ErrorMessage = "feedbackDocuments must be from {1} to {2}.")]
    public int FeedbackDocuments { get; init; }

    [Description("The maximum number of terms that the feedback adds.")]
    [Range(0, Limits.Feedback, ErrorMessage = "feedbackTerms must be from {1} to {2}.")]
    public int FeedbackTerms { get; init; } = 20;

    [Description("The weight of the feedback, where the query has 1.")]
    [Range(0d, 10d, ErrorMessage = "feedbackWeight must be from {1} to {2}.")]
    public float FeedbackWeight { get; init; } = 0.5f;

    [Description("BM25's saturation of term frequencies, k1.")]
    [Range(0d, 10d, ErrorMessage = "k1 must be from {1} to {2}.")]
    public float K1 { get; init; } = Bm25Parameters.Default.K1;

    [Description("BM25's strength of length normalization, b.")]
    [Range(0d, 1d, ErrorMessage = "b must be from {1} to {2}.")]
    public float B { get; init; } = Bm25Parameters.Default.B;

    [Description("Whether the rules apply. Explicit terms are searched as they are, only rules on documents apply.")]
    public bool UseRules { get; init; } = true;

    internal Bm25Parameters GetBm25Parameters() => new() { K1 = K1, B = B };

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        Terms?.Any(term => term is null) == true ? [new("One of terms is null. Leave it out.", [nameof(Terms)])] : [];
}
