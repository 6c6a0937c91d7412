using LuceneLsr.Tokenization.Settings;

namespace LuceneLsr.Tools.Claims.Runs;

/// <summary>A run of a variant.</summary>
/// <param name="Variant">The variant.</param>
/// <param name="Curve">The logged figures of its contrastive steps.</param>
/// <param name="Figures">The figures on each collection; empty if the run collapsed.</param>
internal sealed record VariantRun(AttentionVariant Variant, RunCurve Curve, IReadOnlyList<CollectionFigures> Figures)
{
    /// <summary>Gets whether the adaptation or the contrastive steps collapsed.</summary>
    public bool IsCollapsed => Figures.Count == 0;
}
