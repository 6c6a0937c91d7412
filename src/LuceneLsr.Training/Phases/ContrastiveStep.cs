namespace LuceneLsr.Training.Phases;

/// <summary>What one contrastive step came to.</summary>
/// <param name="Step">Counted from 1.</param>
/// <param name="Source">The batch's source in the recipe.</param>
/// <param name="Loss">InfoNCE.</param>
/// <param name="QueryFlops">FLOPS penalty of the queries, unweighted.</param>
/// <param name="DocumentFlops">FLOPS penalty of the documents, unweighted.</param>
/// <param name="GradientNorm">Before clipping.</param>
/// <param name="QueryTerms">Active terms a query, on average.</param>
/// <param name="DocumentTerms">Active terms a document, on average.</param>
/// <param name="Seconds">Wall time.</param>
public sealed record ContrastiveStep(
    int Step, string Source, double Loss, double QueryFlops, double DocumentFlops, double GradientNorm,
    double QueryTerms, double DocumentTerms, double Seconds);
