namespace LuceneLsr.Edits;

/// <summary>A rule on one term of one document, such as "document 42 is about <i>gdpr</i>, +80".</summary>
/// <remarks>
/// The impact of the term in the document becomes max(0, stored impact + sum of the rules' impacts), at most
/// <see cref="ImpactScale.MaxImpactLimit"/>. A term with impact 0 does not match.
/// </remarks>
public sealed record DocumentRule : RelevanceRule
{
    /// <summary>Gets the id of the document.</summary>
    public required string DocumentId { get; init; }

    /// <summary>
    /// Gets the impact to add, or, if it is negative, to subtract; up to <see cref="ImpactScale.MaxImpactLimit"/>, and
    /// not 0.
    /// </summary>
    public required int Impact { get; init; }

    /// <inheritdoc/>
    public override string Effect => Impact.ToString("+0;-0", System.Globalization.CultureInfo.InvariantCulture);

    private protected override string Subject => $"document\n{DocumentId}";

    internal override void Validate()
    {
        base.Validate();
        Check(!string.IsNullOrEmpty(DocumentId), "the document is empty. Name its id");
        Check(Impact is not 0 and >= -ImpactScale.MaxImpactLimit and <= ImpactScale.MaxImpactLimit,
            $"the impact is {Impact}, but must be from 1 to {ImpactScale.MaxImpactLimit}, or from "
            + $"-{ImpactScale.MaxImpactLimit} to -1");
    }
}
