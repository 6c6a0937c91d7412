using System.Text.Json;
using LuceneLsr.Training.Data;
using LuceneLsr.Training.Losses;
using LuceneLsr.Training.Recipes;
using TorchSharp;
using static TorchSharp.torch;

namespace LuceneLsr.Training.Tasks;

/// <summary>The weighted sum of a recipe's losses and regularizers over one batch.</summary>
internal sealed class ContrastiveObjective(ContrastiveRecipe recipe)
{
    /// <summary>The sum, a scalar, and each summand before its weight by its name.</summary>
    /// <param name="batch">The texts.</param>
    /// <param name="queries">Their weights, [queries, terms].</param>
    /// <param name="documents">Their weights, [documents, terms].</param>
    /// <param name="step">Counted from 0.</param>
    /// <exception cref="InvalidDataException">
    /// Every loss is of a teacher's scores, but no negative of the batch has one.
    /// </exception>
    public (Tensor Sum, IReadOnlyList<(string Name, double Value)> Figures) Of(
        TrainingBatch batch, Tensor queries, Tensor documents, int step)
    {
        using var scope = NewDisposeScope();
        var scores = queries.matmul(documents.t());                                     // [queries, documents]
        var candidates = CandidateScores.Of(batch, scores);
        var losses = recipe.Losses.Select(term => Loss(term, scores, candidates)).ToArray();
        if (losses.All(loss => loss is null))
        {
            throw new InvalidDataException(
                $"Source '{batch.Source}' has no negatives with a teacher's scores, and no loss of the recipe works "
                + "without: add info_nce to losses, or scores and negatives to the source.");
        }

        var penalties = recipe.Regularizers
            .Select(term => Penalty(term, term.Side == TextSide.Query ? queries : documents)).ToArray();
        var sum = recipe.Losses.Zip(losses).Where(pair => pair.Second is not null)
            .Select(pair => pair.Second! * pair.First.Weight)
            .Concat(recipe.Regularizers.Zip(penalties, (term, penalty) =>
                penalty * new QuadraticRamp(term.Weight, term.RampSteps).At(step)))
            .Aggregate((left, right) => left + right);
        return (
            sum.MoveToOuterDisposeScope(),
            [
                .. recipe.Losses.Zip(losses, (term, loss) => (Name(term.Kind), loss?.item<float>() ?? double.NaN)),
                .. recipe.Regularizers.Zip(penalties, (term, penalty) =>
                    ($"{Name(term.Kind)}_{Name(term.Side)}", (double)penalty.item<float>())),
            ]);
    }

    private static Tensor? Loss(LossTerm term, Tensor scores, CandidateScores? candidates) => term.Kind switch
    {
        LossKind.InfoNce => InfoNce.Loss(scores, term.Temperature),
        _ when candidates is null => null,
        LossKind.Kl => KlDivergence.Loss(candidates.Scores, candidates.Teacher, candidates.Mask, term.Temperature),
        _ => MarginMse.Loss(candidates.Scores, candidates.Teacher, candidates.Mask),
    };

    private static Tensor Penalty(RegularizerTerm term, Tensor weights) => term.Kind switch
    {
        RegularizerKind.Flops => FlopsRegularizer.Penalty(weights, term.AboveTerms),
        RegularizerKind.L1 => L1Regularizer.Penalty(weights),
        _ => DfFlopsRegularizer.Penalty(weights),
    };

    private static string Name<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}
