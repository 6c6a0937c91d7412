namespace LuceneLsr.Evaluation.Collections;

/// <summary>A query of a collection.</summary>
/// <param name="Id">The id, unique in the collection.</param>
/// <param name="Text">The text.</param>
public sealed record BeirQuery(string Id, string Text);
