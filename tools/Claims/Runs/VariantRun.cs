using LuceneLsr.Tokenization.Settings;

namespace LuceneLsr.Tools.Claims.Runs;

/// <summary>A run of a variant.</summary>
/// <param name="Variant">The variant.</param>
/// <param name="IsAdapted">Whether the base was adapted to the variant first.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Loss">The mean InfoNCE loss of the last tenth of the steps, NaN if there are none.</param>
/// <param name="DocumentTerms">The mean number of active terms per document in the same steps.</param>
/// <param name="Figures">The figures on each collection; empty if the run collapsed.</param>
internal sealed record VariantRun(
    AttentionVariant Variant, bool IsAdapted, int Seed, double Loss, double DocumentTerms,
    IReadOnlyList<CollectionFigures> Figures)
{
    /// <summary>Gets whether the adaptation or the contrastive steps collapsed.</summary>
    public bool IsCollapsed => Figures.Count == 0;
}
