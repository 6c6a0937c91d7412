using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace LuceneLsr.Playground.Messages;

[Description("A rule to try or to add. It is either on queries that contain some words, or on a document.")]
internal sealed record RuleDraft
{
    [Description("The words that a query must contain, for a rule on queries; otherwise null.")]
    [MaxLength(Limits.TextLength, ErrorMessage = "query has more than {1} characters. Shorten it.")]
    public string? Query { get; init; }

    [Description("The id of the document, for a rule on a document; otherwise null.")]
    [MaxLength(Limits.IdLength, ErrorMessage = "document has more than {1} characters. No document has such an id.")]
    public string? Document { get; init; }

    [Description("The index term whose weight the rule changes, as the expansion shows it; or null if word is given.")]
    [MaxLength(Limits.TermLength, ErrorMessage = "term has more than {1} characters. Shorten it.")]
    public string? Term { get; init; }

    [Description("The word whose term the rule changes, in place of term.")]
    [MaxLength(Limits.TermLength, ErrorMessage = "word has more than {1} characters. Shorten it.")]
    public string? Word { get; init; }

    [Description("For a rule on queries: the factor on the term's weight, 0 to remove it. Otherwise null.")]
    public float? Factor { get; init; }

    [Description("For a rule on queries: the smallest impact that the term gets, in place of factor. For a rule on a "
        + "document: the impact to add, negative to subtract.")]
    public int? Impact { get; init; }

    [Description("Why the rule exists, or null.")]
    [MaxLength(Limits.TextLength, ErrorMessage = "note has more than {1} characters. Shorten it.")]
    public string? Note { get; init; }
}
