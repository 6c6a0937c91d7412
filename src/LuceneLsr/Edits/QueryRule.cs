using System.Globalization;

namespace LuceneLsr.Edits;

/// <summary>
/// A rule on queries whose own text contains some words, such as "for <i>jaguar</i>, <i>cat</i> weighs half" or "for
/// <i>ssl</i>, search for <i>tls</i>, too, with impact 80".
/// </summary>
/// <remarks>
/// It has either a <see cref="QueryRule.Factor"/> or an <see cref="QueryRule.Impact"/>. All rules on a term apply
/// together, in any order: first, the impact of the term becomes the largest <see cref="QueryRule.Impact"/>, unless it
/// is larger already; then it is multiplied by all factors and rounded once, halves up. So a factor of 0 always wins.
/// </remarks>
public sealed record QueryRule : RelevanceRule
{
    /// <summary>The upper limit of <see cref="Factor"/>.</summary>
    public const float MaxFactor = 1_000;

    /// <summary>
    /// Gets the index terms that the text of a query must contain, all of them; at least one. A term of the expansion
    /// that no word of the text stands for does not count.
    /// </summary>
    public required IReadOnlyList<string> QueryTerms { get; init; }

    /// <summary>Gets the words that the <see cref="QueryTerms"/> stand for, as a person wrote them, or null.</summary>
    public string? QueryText { get; init; }

    /// <summary>
    /// Gets the factor on the impact of the term, from 0, which removes the term, to <see cref="MaxFactor"/>; null if
    /// the rule has an impact.
    /// </summary>
    public float? Factor { get; init; }

    /// <summary>
    /// Gets the smallest impact that the term gets, also if the expansion lacks it, from 1 to
    /// <see cref="ImpactScale.MaxImpactLimit"/>; null if the rule has a factor.
    /// </summary>
    public int? Impact { get; init; }

    /// <inheritdoc/>
    public override string Effect => Factor is { } factor
        ? string.Create(CultureInfo.InvariantCulture, $"x {factor}")
        : string.Create(CultureInfo.InvariantCulture, $"at least {Impact}");

    private protected override string Subject =>
        string.Join('\n', QueryTerms.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Prepend("queries"));

    internal override void Validate()
    {
        base.Validate();
        Check(QueryTerms is [_, ..] && !QueryTerms.Any(string.IsNullOrEmpty),
            "the query has no terms, or an empty one. Name the index terms that its text must contain");
        Check(Factor is null != Impact is null, "it needs either a factor or an impact");
        Check(Factor is null or (>= 0 and <= MaxFactor), $"the factor is {Factor}, but must be from 0 to {MaxFactor}");
        Check(Impact is null or (>= 1 and <= ImpactScale.MaxImpactLimit),
            $"the impact is {Impact}, but must be from 1 to {ImpactScale.MaxImpactLimit}");
    }
}
