using LuceneLsr.Training.Data;
using LuceneLsr.Training.Recipes;
using LuceneLsr.Training.Tasks;
using LuceneLsr.Training.Tests.Support;
using static TorchSharp.torch;

namespace LuceneLsr.Training.Tests.Tasks;

/// <summary>
/// Two queries; the first has two negatives, the second one of them. Documents are a, b, c and d, in this order.
/// </summary>
public class ContrastiveObjectiveTests
{
    private static readonly double[][] Queries = [[1, 0, 2], [0, 3, 1]];
    private static readonly double[][] Documents = [[1, 1, 1], [0, 2, 0], [2, 0, 0.5], [0, 1, 2]];
    private static readonly double[][] Scores = [.. Queries.Select(query =>
        Documents.Select(document => query.Zip(document, (x, y) => x * y).Sum()).ToArray())];

    private static readonly TrainingBatch Taught = Batch([9, 3, 1], [4, 2]);
    private static readonly ContrastiveRecipe Recipe = TinyRecipe.Contrastive(new RecipeSource("a", PairKind.Titles, 1));

    /// <summary>Each query's own document, then its own negatives: a, c, d and b, d.</summary>
    [Fact]
    public void Teachers_scores_are_held_against_those_of_the_same_texts()
    {
        var (sum, figures) = Of(Recipe with { Losses = [new(LossKind.Kl, Temperature: 2), new(LossKind.MarginMse)] });
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
    public void Losses_and_penalties_are_summed_by_their_weights_and_told_without()
    {
        var (sum, figures) = Of(
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
        Assert.Equal(3.0 / 16, figures[4].Value, 1e-5); // of the first document alone, which has three terms
        Assert.Equal(
            (3 * infoNce) + (0.1 * figures[1].Value) + (0.5 * flops) + (0.2 * 0.25 * l1), sum, 1e-4);
    }

    [Fact]
    public void A_batch_without_a_teacher_counts_in_the_other_losses()
    {
        var (sum, figures) = Of(
            Recipe with { Losses = [new(LossKind.InfoNce), new(LossKind.Kl)] }, batch: Batch([9, 3, 1], null));
        Assert.Equal(DenseArithmetic.InfoNce(Queries, Documents, temperature: 1), sum, 1e-5);
        Assert.Equal(double.NaN, figures[1].Value);
    }

    [Fact]
    public void A_batch_that_no_loss_is_of_is_refused() => AssertRefused(Batch(null, null));

    /// <summary>A softmax over one score is 1 whatever the score, and there is no margin.</summary>
    [Fact]
    public void So_is_one_whose_teacher_scored_the_relevant_documents_alone() => AssertRefused(new(
        "a/titles",
        [new("q", "a", []) { TeacherScores = [9] }, new("r", "b", []) { TeacherScores = [4] }]));

    private static void AssertRefused(TrainingBatch batch) => Assert.Equal(
        "Source 'a/titles' has no negatives with a teacher's scores, and no loss of the recipe works without: "
        + "add info_nce to losses, or scores and negatives to the source.",
        Assert.Throws<InvalidDataException>(
            () => Of(Recipe with { Losses = [new(LossKind.Kl), new(LossKind.MarginMse)] }, batch: batch)).Message);

    private static TrainingBatch Batch(float[]? first, float[]? second) => new(
        "a/titles",
        [
            new("q", "a", []) { Negatives = ["c", "d"], TeacherScores = first },
            new("r", "b", []) { Negatives = ["d"], TeacherScores = second },
        ]);

    private static (double Sum, IReadOnlyList<(string Name, double Value)> Figures) Of(
        ContrastiveRecipe recipe, int step = 0, TrainingBatch? batch = null)
    {
        using var scope = NewDisposeScope();
        var (sum, figures) = new ContrastiveObjective(recipe).Of(
            batch ?? Taught, DenseArithmetic.ToTensor(Queries), DenseArithmetic.ToTensor(Documents), step);
        return (sum.item<float>(), figures);
    }
}
