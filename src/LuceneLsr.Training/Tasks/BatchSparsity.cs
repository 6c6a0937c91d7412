using LuceneLsr.Torch.Arithmetic;
using LuceneLsr.Training.Recipes;
using static TorchSharp.torch;

namespace LuceneLsr.Training.Tasks;

/// <summary>The sparsity of a batch's weights.</summary>
/// <param name="QueryTerms">The mean number of active terms per query.</param>
/// <param name="DocumentTerms">The mean number of active terms per document.</param>
/// <param name="ExpectedFlops">
/// The expected number of multiplications for a query and a document: the sum over terms of the share of queries times
/// the share of documents in which the term is active.
/// </param>
/// <param name="DeadShare">The share of the terms that are active in no document.</param>
/// <param name="Terms">The number of terms in the vocabulary.</param>
internal sealed record BatchSparsity(
    double QueryTerms, double DocumentTerms, double ExpectedFlops, double DeadShare, long Terms)
{
    private const double DenseShare = 0.5; // of the vocabulary

    /// <summary>Gets the figures under their names in a log.</summary>
    public IReadOnlyList<(string Name, double Value)> Figures =>
    [
        ("query_terms", QueryTerms), ("document_terms", DocumentTerms),
        ("expected_flops", ExpectedFlops), ("dead_share", DeadShare),
    ];

    /// <summary>Measures a batch.</summary>
    /// <param name="queries">[queries, terms].</param>
    /// <param name="documents">[documents, terms].</param>
    public static BatchSparsity Measure(Tensor queries, Tensor documents)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        Tensor queryShares = ComputeActiveShares(queries), documentShares = ComputeActiveShares(documents); // [terms]
        return new(
            queryShares.sum().item<float>(),
            documentShares.sum().item<float>(),
            queryShares.dot(documentShares).item<float>(),
            documentShares.IsZero().to(ScalarType.Float32).mean().item<float>(),
            documents.shape[1]);
    }

    /// <summary>Throws if the run has nothing left to learn from.</summary>
    /// <param name="recipe">The run's recipe.</param>
    /// <param name="step">The step, counted from 0.</param>
    /// <param name="loss">The batch's loss, a scalar.</param>
    /// <exception cref="TrainingCollapseException">
    /// The loss is not finite, every weight of a side is zero, or documents are still dense with regularizers at full
    /// weight.
    /// </exception>
    public void ThrowIfCollapsed(ContrastiveRecipe recipe, int step, Tensor loss)
    {
        if (!float.IsFinite(loss.item<float>()))
        {
            throw new TrainingCollapseException(step + 1, "the loss is not finite.", "Lower the learning rates.");
        }

        if (QueryTerms == 0 || DocumentTerms == 0)
        {
            throw new TrainingCollapseException(
                step + 1, $"every weight{DescribeInactiveSide()} is zero: all units are inactive.",
                "Lower the learning rates or the regularizers' weights, or adapt the model first.");
        }

        if (step >= FindFirstFullyRegularizedStep(recipe) && DocumentTerms > DenseShare * Terms)
        {
            throw new TrainingCollapseException(
                step + 1,
                $"documents are still dense ({DocumentTerms:F0} of {Terms} terms) with regularizers at full weight.",
                "Start a new run with larger regularizer weights, or adapt the model first.");
        }
    }

    private static int FindFirstFullyRegularizedStep(ContrastiveRecipe recipe)
    {
        var rampSteps = recipe.Regularizers.Where(term => term is { Side: TextSide.Document, Weight: > 0 })
            .Select(term => term.RampSteps).DefaultIfEmpty(recipe.Steps).Max();
        return Math.Max(rampSteps, recipe.Optimizer.WarmupSteps);
    }

    private string DescribeInactiveSide() =>
        DocumentTerms > 0 ? " of the queries" : QueryTerms > 0 ? " of the documents" : "";

    private static Tensor ComputeActiveShares(Tensor weights) => weights.IsPositive().to(ScalarType.Float32).mean([0]);
}
