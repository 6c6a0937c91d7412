using LuceneLsr.Edits;

namespace LuceneLsr.Evaluation.Comparisons;

/// <summary>A learned field of an index, with the encoder of its queries.</summary>
/// <param name="Field">The name of the field.</param>
/// <param name="Encoder">The encoder. Its weights get the scale of the field's stamp.</param>
public sealed record FieldVersion(string Field, ISparseEncoder Encoder)
{
    /// <summary>
    /// Gets the rules of its queries, or null for none. Two versions that differ in nothing else show what a rule
    /// changes.
    /// </summary>
    public RelevanceRules? Rules { get; init; }
}
