namespace LuceneLsr.Evaluation.Comparisons;

/// <summary>A learned field of an index, with the encoder of its queries.</summary>
/// <param name="Field">The name of the field.</param>
/// <param name="Encoder">The encoder. Its weights get the scale of the field's stamp.</param>
public sealed record FieldVersion(string Field, ISparseEncoder Encoder);
