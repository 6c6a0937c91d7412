namespace LuceneLsr.Evaluation.Supervision;

/// <summary>The weights that an encoder should give to some terms of a text.</summary>
/// <param name="Side">The side of the text.</param>
/// <param name="Text">The text.</param>
/// <param name="Targets">
/// The weight of each term, in the unit of the encoder's weights; 0 for a term that the text must not have.
/// </param>
public sealed record TermTargets(TextSide Side, string Text, IReadOnlyDictionary<string, float> Targets);
