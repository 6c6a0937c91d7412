using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace LuceneLsr.Playground.Messages;

[Description("An explicit term of a query.")]
internal sealed record QueryTerm
{
    [Description("The index term, such as \"movi\". Terms may be stems.")]
    [Required(ErrorMessage = "Each of terms needs a term. Name it, or leave it out.")]
    [MaxLength(Limits.TermLength, ErrorMessage = "A term has more than {1} characters. Shorten it.")]
    public required string Term { get; init; }

    [Description("Its weight as an impact, from 0 (the term is off) to 65,535.")]
    [Range(0, ushort.MaxValue, ErrorMessage = "The weight of a term must be from {1} to {2}.")]
    public required int Weight { get; init; }
}
