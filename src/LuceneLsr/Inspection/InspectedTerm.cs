namespace LuceneLsr.Inspection;

/// <summary>A term of a text, where it comes from, and what the index makes of it.</summary>
/// <param name="Source">The term, its weight and the word that produced it.</param>
/// <param name="Impact">The impact in the index; 0 if the term is cut.</param>
/// <param name="Cut">Why the term is not indexed.</param>
public sealed record InspectedTerm(TermSource Source, int Impact, TermCut Cut)
{
    /// <summary>Applies pruning and quantization to the terms of a text.</summary>
    /// <param name="text">The vector of the text and its sources.</param>
    /// <param name="pruning">The pruning of its side.</param>
    /// <param name="scale">The scale of the index.</param>
    /// <returns>All terms by descending weight.</returns>
    public static IReadOnlyList<InspectedTerm> Create(SourcedVector text, VectorPruning pruning, ImpactScale scale)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(pruning);
        ArgumentNullException.ThrowIfNull(scale);
        var kept = pruning.Apply(text.Vector).Count; // the heaviest terms
        return [.. text.Sources.Select((source, index) => index >= kept
            ? new InspectedTerm(source, 0, TermCut.Pruning)
            : scale.Quantize(source.Weight) is > 0 and var impact
                ? new InspectedTerm(source, impact, TermCut.None)
                : new InspectedTerm(source, 0, TermCut.Quantization))];
    }
}
