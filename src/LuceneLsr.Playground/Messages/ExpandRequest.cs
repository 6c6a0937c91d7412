using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace LuceneLsr.Playground.Messages;

[Description("A text to expand.")]
internal sealed record ExpandRequest
{
    [Description("The query in plain words.")]
    [Required(AllowEmptyStrings = true, ErrorMessage = "text is missing. Give the query, or an empty text.")]
    [MaxLength(Limits.TextLength, ErrorMessage = "text has more than {1} characters. Shorten it.")]
    public required string Text { get; init; }
}
