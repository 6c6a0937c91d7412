using LuceneLsr.Encoding;
using LuceneLsr.Evaluation.Collections;
using LuceneLsr.TestSupport;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Training.Data;
using LuceneLsr.Training.Phases;
using LuceneLsr.Training.Tests.Support;
using static TorchSharp.torch;

namespace LuceneLsr.Training.Tests.Phases;

/// <summary>
/// Eight numbers in German ask for eight in English: nothing is shared, so everything has to be learned.
/// </summary>
public sealed class ContrastivePhaseTests : IDisposable
{
    private static readonly string[] Queries =
        ["eins null", "zwei null", "drei", "vier", "sechs", "sieben", "acht", "neun"];
    private static readonly string[] Documents =
        ["one zero", "two zero", "three", "four", "six", "seven", "eight", "nine"];

    private static readonly Recipe Recipe =
        Recipes.Of(new RecipeSource("numbers", PairKind.Titles, 1)) with { Steps = 40, BatchSize = 8 };

    private readonly TemporaryFolder _folder = new();

    public ContrastivePhaseTests() => BeirFolder.WriteTitled(_folder, "numbers", Queries.Zip(Documents));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Training_lowers_the_loss_and_raises_accuracy()
    {
        using var checkpoint = Create();
        var before = Accuracy(checkpoint);
        var steps = Run(checkpoint, Recipe);
        Assert.Equal(Enumerable.Range(1, Recipe.Steps), steps.Select(step => step.Step));
        Assert.Equal(Math.Log(8), steps[0].Loss, 0.5); // chance
        Assert.InRange(steps[^1].Loss, 0, 0.1);
        Assert.InRange(before, 0, 0.5);
        Assert.Equal(1, Accuracy(checkpoint));
    }

    /// <summary>
    /// The batch is the whole source, so its order, which is drawn, makes no difference; a text is cut after one token.
    /// </summary>
    [Fact]
    public void A_steps_figures_are_those_of_its_batch_before_the_step()
    {
        using var checkpoint = Create();
        double[][] queries = DenseArithmetic.Weights(checkpoint, Queries, 2),
            documents = DenseArithmetic.Weights(checkpoint, Documents, 1);
        var step = Run(checkpoint, Recipe with { Steps = 1, QueryTokens = 2, DocumentTokens = 1, Temperature = 0.2 })
            .Single();
        Assert.Equal("numbers/titles", step.Source);
        Assert.Equal(DenseArithmetic.InfoNce(queries, documents, 0.2), step.Loss, 1e-4);
        Assert.Equal(DenseArithmetic.Flops(queries), step.QueryFlops, 1e-4);
        Assert.Equal(DenseArithmetic.Flops(documents), step.DocumentFlops, 1e-4);
        // a weight may round to zero
        Assert.Equal(queries.Average(row => row.Count(weight => weight > 0)), step.QueryTerms, 0.3);
        Assert.Equal(documents.Average(row => row.Count(weight => weight > 0)), step.DocumentTerms, 0.3);
    }

    [Fact]
    public void A_seed_fixes_every_step()
    {
        Assert.Equal(Figures(Recipe), Figures(Recipe));
        Assert.NotEqual(Figures(Recipe with { BatchSize = 4 }), Figures(Recipe with { BatchSize = 4, Seed = 2 }));

        IEnumerable<ContrastiveStep> Figures(Recipe recipe)
        {
            using var checkpoint = Create();
            return [.. Run(checkpoint, recipe with { Steps = 5 }).Select(step => step with { Seconds = 0 })];
        }
    }

    [Fact]
    public void The_flops_regularizer_lowers_the_number_of_terms()
    {
        using Checkpoint free = Create(), regularized = Create();
        var without = Run(free, Recipe)[^1];
        var with = Run(regularized, Recipe with { FlopsWeight = 0.1, FlopsRampSteps = 10 })[^1];
        Assert.InRange(with.QueryTerms, 1, without.QueryTerms / 2);
        Assert.InRange(with.DocumentTerms, 1, without.DocumentTerms / 2);
        Assert.True(with.DocumentFlops < without.DocumentFlops);
    }

    /// <summary>
    /// Where the regularizer is all that counts, so is its weight: (1/10)^2 of the full one at the first of ten steps.
    /// </summary>
    [Fact]
    public void The_regularizer_follows_its_ramp()
    {
        var recipe = Recipe with { Steps = 1, FlopsWeight = 1e6 };
        using Checkpoint full = Create(), ramped = Create();
        var expected = Run(full, recipe).Single().GradientNorm / 100;
        Assert.Equal(expected, Run(ramped, recipe with { FlopsRampSteps = 10 }).Single().GradientNorm, expected / 100);
    }

    /// <summary>AdamW's first step is as long as its rate in every dimension.</summary>
    [Fact]
    public void The_rate_follows_its_schedule()
    {
        using var checkpoint = Create();
        var before = checkpoint.Values("lm_head.bias");
        _ = Phase(checkpoint, Recipe with { WarmupSteps = 4 }).Run(TestContext.Current.CancellationToken).First();
        Assert.Equal(
            Recipe.EmbeddingLearningRate / 4,
            before.Zip(checkpoint.Values("lm_head.bias"), (x, y) => Math.Abs(x - y)).Max(), 1e-5);
    }

    [Fact]
    public void Hard_negatives_count_as_documents()
    {
        string[] others = [.. Enumerable.Range(0, 4).Select(number => $"drei {number}")];
        BeirFolder.Write(_folder, "hard",
            [new("d", "", "drei one"), new("e", "", "drei two"),
                .. others.Select((other, number) => new BeirDocument($"other{number}", "", other))],
            [new("q", "drei eins"), new("r", "drei zwei")], new("q", "d", 1), new("r", "e", 1));
        using var checkpoint = Create();
        var step = Run(
            checkpoint,
            Recipe with { Steps = 1, BatchSize = 2, Sources = [new("hard", PairKind.Judged, 1, Negatives: 5)] })
            .Single();
        // Chance among the two documents and the four others:
        // each query's fifth negative is the other query's document.
        Assert.Equal(Math.Log(2 + 4), step.Loss, 0.25);
    }

    [Fact]
    public void Zero_weights_are_a_collapse()
    {
        using var checkpoint = Create();
        checkpoint.Fill("lm_head.bias", -1000);
        AssertCollapse(checkpoint, "Step 1: every weight is zero");
    }

    [Theory]
    [InlineData("model.norm.weight", double.NaN)]
    [InlineData("model.embed_tokens.weight", double.NaN)]
    [InlineData("lm_head.bias", double.PositiveInfinity)]
    public void Weights_that_are_no_numbers_are_a_collapse(string parameter, double value)
    {
        using var checkpoint = Create();
        checkpoint.Fill(parameter, value);
        AssertCollapse(checkpoint, "Step 1: ");
    }

    [Fact]
    public void Cancellation_is_seen_before_each_step()
    {
        using var checkpoint = Create();
        using var source = new CancellationTokenSource();
        var seen = 0;
        Assert.Throws<OperationCanceledException>(() =>
        {
            foreach (var step in Phase(checkpoint, Recipe).Run(source.Token))
            {
                seen = step.Step;
                source.Cancel();
            }
        });
        Assert.Equal(1, seen);
    }

    private static double Accuracy(Checkpoint checkpoint)
    {
        double[][] queries = DenseArithmetic.Weights(checkpoint, Queries, 16),
            documents = DenseArithmetic.Weights(checkpoint, Documents, 16);
        return queries.Index().Average(query => documents.Index()
            .MaxBy(document => query.Item.Zip(document.Item, (x, y) => x * y).Sum()).Index == query.Index ? 1.0 : 0.0);
    }

    private void AssertCollapse(Checkpoint checkpoint, string message) => Assert.StartsWith(
        message,
        Assert.Throws<TrainingCollapseException>(() => Run(checkpoint, Recipe)).Message, StringComparison.Ordinal);

    private Checkpoint Create() => TinyCheckpoint.Create(
        WordTokenizer.Write(_folder.Path, [.. Queries.Concat(Documents).SelectMany(text => text.Split(' '))]),
        settings: new LsrSettings { MaxTerms = new(1000, 1000) });

    private ContrastivePhase Phase(Checkpoint checkpoint, Recipe recipe) =>
        new(checkpoint, recipe, new BatchSampler(recipe, _folder.Path), CPU);

    private List<ContrastiveStep> Run(Checkpoint checkpoint, Recipe recipe) =>
        [.. Phase(checkpoint, recipe).Run(TestContext.Current.CancellationToken)];
}
