namespace LuceneLsr.Evaluation.Collections;

/// <summary>A query of a collection.</summary>
/// <param name="Id">Unique in its collection.</param>
/// <param name="Text">What is asked.</param>
public sealed record BeirQuery(string Id, string Text);
