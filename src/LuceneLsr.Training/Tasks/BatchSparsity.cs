using LuceneLsr.Training.Recipes;
using LuceneLsr.Training.Runs;
using TorchSharp;
using static TorchSharp.torch;

namespace LuceneLsr.Training.Tasks;

/// <summary>How sparse a batch is.</summary>
/// <param name="QueryTerms">Active terms a query, on average.</param>
/// <param name="DocumentTerms">Active terms a document, on average.</param>
/// <param name="ExpectedFlops">
/// Multiplications that a query and a document are expected to cost: the sum over terms of the product of the shares of
/// queries and of documents that activate it.
/// </param>
/// <param name="DeadShare">Share of the terms that not one document activates.</param>
/// <param name="Terms">Terms of the vocabulary.</param>
internal sealed record BatchSparsity(
    double QueryTerms, double DocumentTerms, double ExpectedFlops, double DeadShare, long Terms)
{
    private const double Dense = 0.5; // share of the vocabulary

    /// <summary>As a log names them.</summary>
    public IReadOnlyList<(string Name, double Value)> Figures =>
    [
        ("query_terms", QueryTerms), ("document_terms", DocumentTerms),
        ("expected_flops", ExpectedFlops), ("dead_share", DeadShare),
    ];

    /// <summary>Measures weights [queries, terms] and [documents, terms].</summary>
    public static BatchSparsity Of(Tensor queries, Tensor documents)
    {
        using var scope = NewDisposeScope();
        using var ungraded = no_grad();
        Tensor queryShares = Shares(queries), documentShares = Shares(documents);       // [terms]
        return new(
            queryShares.sum().item<float>(),
            documentShares.sum().item<float>(),
            queryShares.dot(documentShares).item<float>(),
            (documentShares == 0).to(ScalarType.Float32).mean().item<float>(),
            documents.shape[1]);
    }

    /// <summary>Refuses to go on where nothing can be learned any more.</summary>
    /// <exception cref="TrainingCollapseException">
    /// The loss is no number, every weight of a side is zero, or documents are still dense when their regularizers have
    /// their full weight.
    /// </exception>
    public void Check(ContrastiveRecipe recipe, int step, Tensor loss)
    {
        if (!float.IsFinite(loss.item<float>()))
        {
            throw new TrainingCollapseException(step + 1, "the loss is no number.", "Lower the learning rates.");
        }

        if (QueryTerms == 0 || DocumentTerms == 0)
        {
            throw new TrainingCollapseException(
                step + 1, $"every weight{Inactive} is zero: all units are inactive.",
                "Lower the learning rates or the regularizers' weights, or adapt the model first.");
        }

        var ramp = recipe.Regularizers.Where(term => term is { Side: TextSide.Document, Weight: > 0 })
            .Select(term => term.RampSteps).DefaultIfEmpty(recipe.Steps).Max();
        if (step >= Math.Max(ramp, recipe.Optimizer.WarmupSteps) && DocumentTerms > Dense * Terms)
        {
            throw new TrainingCollapseException(
                step + 1,
                $"documents are dense, with {DocumentTerms:F0} of {Terms} terms, though their regularizers have their "
                + "full weight.",
                "Begin a new run with a larger weight of theirs, or adapt the model first.");
        }
    }

    private string Inactive => DocumentTerms > 0 ? " of the queries" : QueryTerms > 0 ? " of the documents" : "";

    private static Tensor Shares(Tensor weights) => (weights > 0).to(ScalarType.Float32).mean([0]);
}
