namespace LuceneLsr.Evaluation.Comparisons;

/// <summary>A learned field of an index, with what encodes queries for it.</summary>
/// <param name="Field">The name of the field.</param>
/// <param name="Encoder">The encoder of the queries.</param>
/// <param name="QueryScale">The scale of query weights.</param>
public sealed record FieldVersion(string Field, ISparseEncoder Encoder, ImpactScale QueryScale);
