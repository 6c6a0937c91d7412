using System.Diagnostics;
using System.Text.Json;
using LuceneLsr.Torch.Arithmetic;
using LuceneLsr.Training.Data;
using LuceneLsr.Training.Losses;
using LuceneLsr.Training.Recipes;
using LuceneLsr.Training.Teachers;
using static TorchSharp.torch;

namespace LuceneLsr.Training.Tasks;

/// <summary>The weighted sum of a recipe's losses and regularizers over one batch.</summary>
/// <param name="recipe">The recipe.</param>
/// <param name="distillation">The recipe's teachers, or null if it has none.</param>
internal sealed class ContrastiveObjective(ContrastiveRecipe recipe, InBatchDistillation? distillation = null)
{
    /// <summary>Computes the sum and each of its terms.</summary>
    /// <param name="batch">The texts.</param>
    /// <param name="queries">The queries' weights, [queries, terms].</param>
    /// <param name="documents">The documents' weights, [documents, terms].</param>
    /// <param name="step">The step, counted from 0.</param>
    /// <param name="table">
    /// The weights of the same queries by a table that is trained next to the model, [queries, terms], or null. Its
    /// losses are added; regularizers do not apply to it.
    /// </param>
    /// <returns>
    /// The sum, a scalar, and the unweighted terms by name; a loss that the batch has no scores for is NaN. With
    /// teachers, the factor on the student's scores too.
    /// </returns>
    /// <exception cref="InvalidDataException">
    /// Every loss needs a teacher's scores, and the batch has no scored negatives.
    /// </exception>
    public (Tensor Sum, IReadOnlyList<(string Name, double Value)> Figures) Compute(
        TrainingBatch batch, Tensor queries, Tensor documents, int step, Tensor? table = null)
    {
        using var scope = NewDisposeScope();
        var weights = new PerSide<Tensor>(queries, documents);
        var teacher = distillation?.ScoreTeachers(batch, documents.device);
        var losses = ComputeLosses(batch, queries, documents, teacher);
        var tableLosses = table is null ? [] : ComputeLosses(batch, table, documents, teacher);
        var penalties = recipe.Regularizers
            .Select(term => ComputePenalty(term, weights[term.Side])).ToArray();
        Tensor[] terms = [.. Weigh(losses), .. Weigh(tableLosses), .. Weigh(penalties, step)];
        return (
            terms.Aggregate((left, right) => left.Plus(right)).MoveToOuterDisposeScope(),
            [
                .. GetFigures(losses),
                .. GetFigures(tableLosses, "table_"),
                .. recipe.Regularizers.Zip(penalties, (term, penalty) =>
                    ($"{GetName(term.Kind)}_{GetName(term.Side)}", (double)penalty.item<float>())),
                .. distillation is null ? [] : new[] { ("score_scale", distillation.Scale) },
            ]);
    }

    private Tensor?[] ComputeLosses(TrainingBatch batch, Tensor queries, Tensor documents, TeacherScores? teacher)
    {
        var scores = queries.matmul(documents.t()); // [queries, documents]
        var candidates = CandidateScores.FromBatch(batch, scores);
        var inBatch = teacher is null ? null : distillation!.Compare(scores, teacher);
        var losses = recipe.Losses.Select(term => ComputeLoss(term, scores, candidates, inBatch)).ToArray();
        return Array.TrueForAll(losses, loss => loss is null)
            ? throw new InvalidDataException(
                $"Source '{batch.Source}' has no scored negatives, and every loss of the recipe needs them. "
                + "Add info_nce to losses, or add scores and negatives to the source.")
            : losses;
    }

    private IEnumerable<(string Name, double Value)> GetFigures(Tensor?[] losses, string prefix = "") =>
        recipe.Losses.Zip(losses, (term, loss) => (prefix + GetName(term.Kind), loss?.item<float>() ?? double.NaN));

    private IEnumerable<Tensor> Weigh(Tensor?[] losses) => recipe.Losses.Zip(losses)
        .Where(pair => pair.Second is not null)
        .Select(pair => pair.Second!.Times(pair.First.Weight));

    private IEnumerable<Tensor> Weigh(Tensor[] penalties, int step) => recipe.Regularizers.Zip(penalties,
        (term, penalty) => penalty.Times(new QuadraticRamp(term.Weight, term.RampSteps).GetWeight(step)));

    private static Tensor? ComputeLoss(
        LossTerm term, Tensor scores, CandidateScores? candidates, InBatchScores? inBatch) => term.Kind switch
    {
        LossKind.InfoNce => InfoNceLoss.Compute(scores, term.Temperature),
        LossKind.Kl => candidates is null ? null : KlDivergenceLoss.Compute(
            candidates.Scores, candidates.Teacher, candidates.Mask, term.Temperature),
        LossKind.MarginMse => candidates is null ? null : MarginMseLoss.Compute(
            candidates.Scores, candidates.Teacher, candidates.Mask),
        LossKind.InBatchKl => InBatchKlLoss.Compute(
            inBatch!.Student, inBatch.Teacher.ByQuery, inBatch.Teacher.ByDocument, term.Temperature),
        LossKind.InBatchMarginMse => InBatchMarginMseLoss.Compute(inBatch!.Student, inBatch.Teacher.ByQuery),
        _ => throw new UnreachableException($"Unknown loss: {term.Kind}."),
    };

    private static Tensor ComputePenalty(RegularizerTerm term, Tensor weights) => term.Kind switch
    {
        RegularizerKind.Flops => FlopsRegularizer.Compute(weights, term.AboveTerms),
        RegularizerKind.L1 => L1Regularizer.Compute(weights),
        RegularizerKind.DfFlops => DfFlopsRegularizer.Compute(weights),
        _ => throw new UnreachableException($"Unknown regularizer: {term.Kind}."),
    };

    private static string GetName<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}
