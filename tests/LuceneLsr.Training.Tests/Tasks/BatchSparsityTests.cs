using LuceneLsr.Training.Recipes;
using LuceneLsr.Training.Runs;
using LuceneLsr.Training.Tasks;
using LuceneLsr.Training.Tests.Support;
using static TorchSharp.torch;

namespace LuceneLsr.Training.Tests.Tasks;

public class BatchSparsityTests
{
    private static readonly ContrastiveRecipe Recipe =
        TinyRecipe.Contrastive(new RecipeSource("a", PairKind.Titles, 1)) with
    {
        Regularizers = [new(RegularizerKind.Flops, TextSide.Document, Weight: 1, RampSteps: 5)],
    };

    private static readonly BatchSparsity Sparse = new(3, 20, ExpectedFlops: 1, DeadShare: 0.5, Terms: 100);

    [Fact]
    public void Figures_match_their_definitions()
    {
        using var scope = NewDisposeScope();
        var sparsity = BatchSparsity.Measure(
            tensor(new float[,] { { 1, 0, 2, 0 }, { 3, 0, 0, 0 } }),                          // shares 1, 0, 1/2, 0
            tensor(new[,] { { 0.1f, 0, 1, 0 }, { 0, 0, 5, 0 }, { 0, 0, 1, 0 }, { 9, 0, 0, 0 } })); // 1/2, 0, 3/4, 0
        Assert.Equal(
            [
                ("query_terms", 1.5), ("document_terms", 1.25), ("expected_flops", (1 * 0.5) + (0.5 * 0.75)),
                ("dead_share", 0.5),
            ],
            sparsity.Figures);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Loss_that_is_not_finite_is_a_collapse(float loss) => AssertCollapse(
        Sparse, step: 0, loss, "Step 1: the loss is not finite. Lower the learning rates.");

    [Theory]
    [InlineData(0, 5, " of the queries")]
    [InlineData(5, 0, " of the documents")]
    [InlineData(0, 0, "")]
    public void Side_with_only_zero_weights_is_a_collapse(
        double queryTerms, double documentTerms, string side) =>
        AssertCollapse(
            Sparse with { QueryTerms = queryTerms, DocumentTerms = documentTerms }, step: 6, loss: 1,
            $"Step 7: every weight{side} is zero: all units are inactive. Lower the learning rates or the "
            + "regularizers' weights, or adapt the model first.");

    [Fact]
    public void Dense_documents_with_regularizers_at_full_weight_are_a_collapse() => AssertCollapse(
        Sparse with { DocumentTerms = 51 }, step: 5, loss: 1,
        "Step 6: documents are still dense (51 of 100 terms) with regularizers at full weight. "
        + "Start a new run with larger regularizer weights, or adapt the model first.");

    [Fact]
    public void Dense_documents_before_regularizers_are_at_full_weight_are_accepted()
    {
        var dense = Sparse with { DocumentTerms = 99 };
        Check(dense, Recipe, step: 4);
        Check(dense, Recipe with { Optimizer = TinyRecipe.Optimizer with { WarmupSteps = 8 } }, step: 7);
        Check(dense, Recipe with { Regularizers = [] }, step: 9);
        Check(dense, Recipe with { Regularizers = [new(RegularizerKind.Flops, TextSide.Query, 1)] }, step: 9);
        Check(dense, Recipe with { Regularizers = [new(RegularizerKind.Flops, TextSide.Document, 0)] }, step: 9);
    }

    [Fact]
    public void Dense_queries_are_accepted() => Check(Sparse with { QueryTerms = 99 }, Recipe, step: 9);

    private static void Check(BatchSparsity sparsity, ContrastiveRecipe recipe, int step, float loss = 1)
    {
        using var value = tensor(loss);
        sparsity.ThrowIfCollapsed(recipe, step, value);
    }

    private static void AssertCollapse(BatchSparsity sparsity, int step, float loss, string message) => Assert.Equal(
        message, Assert.Throws<TrainingCollapseException>(() => Check(sparsity, Recipe, step, loss)).Message);
}
