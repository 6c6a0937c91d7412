using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace LuceneLsr.Playground.Messages;

[Description("A question for the passages of documents that match a search.")]
internal sealed record PassagesRequest : IValidatableObject
{
    [Description("The ids of the documents.")]
    [Required(ErrorMessage = "ids is missing. Give the ids of documents.")]
    [MaxLength(Limits.Passages, ErrorMessage = "There are more than {1} ids. Ask several times.")]
    public required IReadOnlyList<string> Ids { get; init; }

    [Description("The search.")]
    [Required(ErrorMessage = "search is missing. Give the search that found the documents.")]
    public required SearchRequest Search { get; init; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        Ids.All(id => id is { Length: > 0 and <= Limits.IdLength })
            ? []
            : [new($"One of ids is null, empty or longer than {Limits.IdLength} characters. Leave it out.", [nameof(Ids)])];
}
