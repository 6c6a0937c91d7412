using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace LuceneLsr.Playground.Messages;

[Description("A question for the scores of a document.")]
internal sealed record ExplainRequest
{
    [Description("The id of the document.")]
    [Required(ErrorMessage = "id is missing. Give the id of a document.")]
    [MaxLength(Limits.IdLength, ErrorMessage = "id has more than {1} characters. No document has such an id.")]
    public required string Id { get; init; }

    [Description("The search.")]
    [Required(ErrorMessage = "search is missing. Give the search that the document is explained for.")]
    public required SearchRequest Search { get; init; }
}
