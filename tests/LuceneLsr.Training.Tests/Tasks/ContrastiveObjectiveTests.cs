using LuceneLsr.Training.Data;
using LuceneLsr.Training.Recipes;
using LuceneLsr.Training.Tasks;
using LuceneLsr.Training.Teachers;
using LuceneLsr.Training.Tests.Support;
using static TorchSharp.torch;

namespace LuceneLsr.Training.Tests.Tasks;

/// <summary>
/// Two queries: the first has the negatives c and d, the second has d. The documents are a, b, c and d, in this order.
/// </summary>
public class ContrastiveObjectiveTests
{
    private static readonly double[][] Queries = [[1, 0, 2], [0, 3, 1]];
    private static readonly double[][] Documents = [[1, 1, 1], [0, 2, 0], [2, 0, 0.5], [0, 1, 2]];
    private static readonly double[][] Scores = [.. Queries.Select(query =>
        Documents.Select(document => query.Zip(document, (x, y) => x * y).Sum()).ToArray())];

    private static readonly TrainingBatch Scored = Batch([9, 3, 1], [4, 2]);
    private static readonly ContrastiveRecipe Recipe =
        TinyRecipe.Contrastive(new RecipeSource("a", PairKind.Titles, 1));

    /// <summary>The candidates are a, c, d for the first query and b, d for the second.</summary>
    [Fact]
    public void Distillation_compares_teacher_and_student_on_each_querys_own_candidates()
    {
        var (sum, figures) = Compute(
            Recipe with { Losses = [new(LossKind.Kl, Temperature: 2), new(LossKind.MarginMse)] });
        double[] first = [Scores[0][0], Scores[0][2], Scores[0][3]], second = [Scores[1][1], Scores[1][3]];
        var kl = (DenseArithmetic.Kl([4.5, 1.5, 0.5], [.. first.Select(score => score / 2)])
            + DenseArithmetic.Kl([2, 1], [.. second.Select(score => score / 2)])) / 2;
        var margins = (Math.Pow(first[0] - first[1] - 6, 2) + Math.Pow(first[0] - first[2] - 8, 2)
            + Math.Pow(second[0] - second[1] - 2, 2)) / 3;
        Assert.Equal(["kl", "margin_mse"], figures.Select(figure => figure.Name));
        Assert.Equal(kl, figures[0].Value, 1e-5);
        Assert.Equal(margins, figures[1].Value, 1e-4);
        Assert.Equal(kl + margins, sum, 1e-4);
    }

    [Fact]
    public void Sum_is_weighted_and_figures_are_unweighted()
    {
        var (sum, figures) = Compute(
            Recipe with
            {
                Losses = [new(LossKind.InfoNce, Weight: 3, Temperature: 2), new(LossKind.MarginMse, Weight: 0.1)],
                Regularizers =
                [
                    new(RegularizerKind.Flops, TextSide.Query, Weight: 0.5),
                    new(RegularizerKind.L1, TextSide.Document, Weight: 0.2, RampSteps: 10),
                    new(RegularizerKind.Flops, TextSide.Document, Weight: 0, AboveTerms: 2),
                    new(RegularizerKind.DfFlops, TextSide.Document, Weight: 0),
                ],
            },
            step: 4); // half of the ramp
        Assert.Equal(
            ["info_nce", "margin_mse", "flops_query", "l1_document", "flops_document", "df_flops_document"],
            figures.Select(figure => figure.Name));
        var infoNce = DenseArithmetic.InfoNce(Queries, Documents, temperature: 2);
        var flops = DenseArithmetic.Flops(Queries);
        var l1 = Documents.Average(document => document.Sum());
        Assert.Equal(infoNce, figures[0].Value, 1e-5);
        Assert.Equal(flops, figures[2].Value, 1e-5);
        Assert.Equal(l1, figures[3].Value, 1e-5);
        Assert.Equal(3.0 / 16, figures[4].Value, 1e-5); // only the first document, which has three terms
        Assert.Equal(
            (3 * infoNce) + (0.1 * figures[1].Value) + (0.5 * flops) + (0.2 * 0.25 * l1), sum, 1e-4);
    }

    /// <summary>The teacher's scores are 2 x (standardized fixed scores) + 0.5 x (other fixed scores).</summary>
    [Fact]
    public void In_batch_distillation_compares_scaled_scores_with_weighted_sum_of_teachers()
    {
        using var scope = NewDisposeScope();
        double[][] first = [[3, 1, 4, 1], [5, 9, 2, 6]], second = [[2, 7, 1, 8], [2, 8, 1, 8]];
        using var distillation = Distill(0.4, (new(TeacherKind.Bm25, Weight: 2), first),
            (new(TeacherKind.Bm25, Weight: 0.5, Standardize: false), second));
        var recipe = Recipe with { Losses = [new(LossKind.InBatchKl, 3, 2), new(LossKind.InBatchMarginMse, 0.1)] };
        var (sum, figures) = new ContrastiveObjective(recipe, distillation).Compute(
            Scored, DenseArithmetic.ToTensor(Queries), DenseArithmetic.ToTensor(Documents), step: 0);
        var byQuery = Weigh([.. first.Select(DenseArithmetic.Standardize)]);
        var byDocument = Weigh(DenseArithmetic.Transpose(
            [.. DenseArithmetic.Transpose(first).Select(DenseArithmetic.Standardize)]));
        double[][] student = [.. Scores.Select(row => row.Select(score => 0.4 * score).ToArray())];
        double kl = DenseArithmetic.InBatchKl(student, byQuery, byDocument, 2),
            margins = DenseArithmetic.InBatchMarginMse(student, byQuery);
        Assert.Equal(
            ["in_batch_kl", "in_batch_margin_mse", "score_scale"], figures.Select(figure => figure.Name));
        Assert.All(
            new[] { kl, margins, 0.4 }.Zip(figures),
            pair => Assert.Equal(pair.First, pair.Second.Value, 1e-4));
        Assert.Equal((3 * kl) + (0.1 * margins), sum.item<float>(), 1e-4);

        double[][] Weigh(double[][] standardized) => [.. standardized.Zip(second, (row, other) =>
            row.Zip(other, (x, y) => (2 * x) + (0.5 * y)).ToArray())];
    }

    [Fact]
    public void Gradient_of_score_scale_matches_finite_differences()
    {
        double[][] teacher = [[3, 1, 4, 1], [5, 9, 2, 6]];
        var recipe = Recipe with { Losses = [new(LossKind.InBatchKl), new(LossKind.InBatchMarginMse)] };
        using var scope = NewDisposeScope();
        using var distillation = Distill(0.4, (new(TeacherKind.Bm25, Standardize: false), teacher));
        new ContrastiveObjective(recipe, distillation).Compute(
            Scored, DenseArithmetic.ToTensor(Queries), DenseArithmetic.ToTensor(Documents), step: 0).Sum.backward();
        const double delta = 1e-5;
        var expected = (Compute(Math.Log(0.4) + delta) - Compute(Math.Log(0.4) - delta)) / (2 * delta);
        Assert.Equal(expected, distillation.LogScale.grad!.item<float>(), 1e-3 * Math.Abs(expected));

        double Compute(double logScale)
        {
            double[][] student =
                [.. Scores.Select(row => row.Select(score => Math.Exp(logScale) * score).ToArray())];
            return DenseArithmetic.InBatchKl(student, teacher, teacher, 1)
                + DenseArithmetic.InBatchMarginMse(student, teacher);
        }
    }

    [Fact]
    public void Batch_without_teacher_scores_is_used_by_other_losses()
    {
        var (sum, figures) = Compute(
            Recipe with { Losses = [new(LossKind.InfoNce), new(LossKind.Kl)] }, batch: Batch([9, 3, 1], null));
        Assert.Equal(DenseArithmetic.InfoNce(Queries, Documents, temperature: 1), sum, 1e-5);
        Assert.Equal(double.NaN, figures[1].Value);
    }

    [Fact]
    public void Batch_without_teacher_scores_is_rejected_if_every_loss_needs_them() =>
        AssertRejected(Batch(null, null));

    /// <summary>A softmax over one score is 1 for any score, and there is no margin.</summary>
    [Fact]
    public void Batch_with_scores_of_relevant_documents_only_is_rejected_if_every_loss_needs_negatives() =>
        AssertRejected(new(
            "a/titles",
            [new("q", "a", []) { TeacherScores = [9] }, new("r", "b", []) { TeacherScores = [4] }]));

    private static InBatchDistillation Distill(double scale, params (TeacherTerm Term, double[][] Scores)[] teachers) =>
        new(
            new TeacherEnsemble(teachers.Select(teacher => (teacher.Term, (ITeacher)new FixedTeacher(teacher.Scores)))),
            new ScoreScaleSettings(scale), CPU);

    private static void AssertRejected(TrainingBatch batch) => Assert.Equal(
        "Source 'a/titles' has no scored negatives, and every loss of the recipe needs them. "
        + "Add info_nce to losses, or add scores and negatives to the source.",
        Assert.Throws<InvalidDataException>(
            () => Compute(Recipe with { Losses = [new(LossKind.Kl), new(LossKind.MarginMse)] }, batch: batch)).Message);

    private static TrainingBatch Batch(float[]? first, float[]? second) => new(
        "a/titles",
        [
            new("q", "a", []) { Negatives = ["c", "d"], TeacherScores = first },
            new("r", "b", []) { Negatives = ["d"], TeacherScores = second },
        ]);

    private static (double Sum, IReadOnlyList<(string Name, double Value)> Figures) Compute(
        ContrastiveRecipe recipe, int step = 0, TrainingBatch? batch = null)
    {
        using var scope = NewDisposeScope();
        var (sum, figures) = new ContrastiveObjective(recipe).Compute(
            batch ?? Scored, DenseArithmetic.ToTensor(Queries), DenseArithmetic.ToTensor(Documents), step);
        return (sum.item<float>(), figures);
    }

    private sealed class FixedTeacher(double[][] scores) : ITeacher
    {
        public Tensor Score(TrainingBatch batch) => DenseArithmetic.ToTensor(scores);
    }
}
