using System.Text.Json;
using LuceneLsr.Evaluation.Collections;
using LuceneLsr.Evaluation.Runs;
using LuceneLsr.TestSupport;
using LuceneLsr.Tokenization.Queries;
using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.TorchTestSupport;
using LuceneLsr.Training.Data;
using LuceneLsr.Training.Losses;
using LuceneLsr.Training.Recipes;
using LuceneLsr.Training.Runs;
using LuceneLsr.Training.Tasks;
using LuceneLsr.Training.Tests.Support;
using static TorchSharp.torch;

namespace LuceneLsr.Training.Tests.Tasks;

/// <summary>
/// Queries are eight German numbers, documents the English ones: they share no term, so everything must be learned.
/// </summary>
public sealed class ContrastiveTaskTests : IDisposable
{
    private static readonly string[] Queries =
        ["eins null", "zwei null", "drei", "vier", "sechs", "sieben", "acht", "neun"];
    private static readonly string[] Documents =
        ["one zero", "two zero", "three", "four", "six", "seven", "eight", "nine"];

    private static readonly ContrastiveRecipe Recipe =
        TinyRecipe.Contrastive(new RecipeSource("numbers", PairKind.Titles, 1)) with { Steps = 40, BatchSize = 8 };

    private readonly TemporaryFolder _folder = new();

    public ContrastiveTaskTests() => BeirFolder.WriteTitled(_folder, "numbers", Queries.Zip(Documents));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Training_lowers_loss_and_raises_accuracy()
    {
        using var checkpoint = Create();
        var before = Accuracy(checkpoint);
        var steps = Run(checkpoint, Recipe);
        Assert.Equal(Enumerable.Range(1, Recipe.Steps), steps.Select(step => step.Step));
        Assert.Equal(Math.Log(8), steps[0].Figure("info_nce"), 0.5); // chance
        Assert.InRange(steps[^1].Figure("info_nce"), 0, 0.1);
        Assert.InRange(before, 0, 0.5);
        Assert.Equal(1, Accuracy(checkpoint));
    }

    /// <summary>
    /// The batch is the whole source, so its random order makes no difference. Documents are cut after one token.
    /// </summary>
    [Fact]
    public void Figures_of_a_step_describe_its_batch_before_the_update()
    {
        using var checkpoint = Create();
        double[][] queries = DenseArithmetic.Weights(checkpoint, Queries, 2),
            documents = DenseArithmetic.Weights(checkpoint, Documents, 1);
        var step = Run(
            checkpoint,
            Recipe with
            {
                Steps = 1,
                QueryTokens = 2,
                DocumentTokens = 1,
                Losses = [new(LossKind.InfoNce, Temperature: 0.2)],
                Regularizers = TinyRecipe.OnBothSides(RegularizerKind.Flops, weight: 0),
            }).Single();
        Assert.Equal("numbers/titles", step.Source);
        Assert.Equal(DenseArithmetic.InfoNce(queries, documents, 0.2), step.Figure("info_nce"), 1e-4);
        Assert.Equal(DenseArithmetic.Flops(queries), step.Figure("flops_query"), 1e-4);
        Assert.Equal(DenseArithmetic.Flops(documents), step.Figure("flops_document"), 1e-4);
        // weights may round to zero
        Assert.Equal(queries.Average(row => row.Count(weight => weight > 0)), step.Figure("query_terms"), 0.3);
        Assert.Equal(documents.Average(row => row.Count(weight => weight > 0)), step.Figure("document_terms"), 0.3);
        Assert.True(step.Figure("gradient_norm") > 0);
        Assert.Equal(0.01, step.Figure("learning_rate"));
    }

    [Fact]
    public void Distillation_losses_compare_scores_of_each_pairs_own_documents()
    {
        (string Query, string[] Documents, double[] Scores)[] pairs =
        [
            ("eins", ["one", "two zero", "three"], [3, 2, 0.5]), ("zwei null", ["two", "nine", "one"], [1, 0.5, 0.8]),
        ];
        _folder.WriteLines("scored.jsonl", [.. pairs.Select(pair => JsonSerializer.Serialize(new
        {
            query = pair.Query,
            positive = pair.Documents[0],
            negatives = pair.Documents[1..],
            scores = pair.Scores,
        }))]);
        using var checkpoint = Create();
        var students = pairs.Select(pair =>
        {
            var query = DenseArithmetic.Weights(checkpoint, [pair.Query], 16).Single();
            return DenseArithmetic.Weights(checkpoint, pair.Documents, 16)
                .Select(document => query.Zip(document, (x, y) => x * y).Sum()).ToArray();
        }).ToArray();
        var step = Run(
            checkpoint,
            Recipe with
            {
                Steps = 1,
                BatchSize = 2,
                Losses = [new(LossKind.Kl), new(LossKind.MarginMse)],
                Sources = [new("scored.jsonl", PairKind.Pairs, 1, Negatives: 2)],
            }).Single();
        Assert.Equal(
            pairs.Zip(students, (pair, student) => DenseArithmetic.Kl(pair.Scores, student)).Average(),
            step.Figure("kl"), 1e-4);
        Assert.Equal(
            pairs.Zip(students, (pair, student) => new[] { 1, 2 }.Average(negative =>
                Math.Pow(student[0] - student[negative] - (pair.Scores[0] - pair.Scores[negative]), 2))).Average(),
            step.Figure("margin_mse"), 1e-4);
    }

    /// <summary>
    /// The teacher's vector of each query is that of its document and 0.6 similar to one other. InfoNCE is not a loss.
    /// </summary>
    [Fact]
    public void Distillation_from_vectors_teaches_their_ranking()
    {
        WriteTeacher();
        using var checkpoint = Create();
        var steps = Run(checkpoint, Taught);
        Assert.Equal(0.3, steps[0].Figure("score_scale"), 1e-6);
        Assert.NotEqual(0.3, steps[^1].Figure("score_scale"), 0.01);
        Assert.InRange(steps[^1].Figure("in_batch_kl"), 0, steps[0].Figure("in_batch_kl") / 4);
        Assert.Equal(1, Accuracy(checkpoint));
    }

    [Fact]
    public void Text_that_teacher_has_no_vector_of_stops_the_run()
    {
        WriteTeacher();
        BeirFolder.WriteTitled(_folder, "numbers", Queries.Zip(Documents).Append(("null", "zero")));
        using var checkpoint = Create();
        Assert.StartsWith(
            $"{_folder.File("teacher")}: has no vector of the ",
            Assert.Throws<InvalidDataException>(() => Run(checkpoint, Taught)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Step_with_gradient_cache_matches_step_of_whole_batch(bool isTaught)
    {
        WriteTeacher();
        using Checkpoint whole = Create(), chunked = Create();
        var recipe = (isTaught ? Taught : Recipe) with { Steps = 1 };
        var expected = Run(whole, recipe).Single().GetReproducibleFigures();
        var actual = Run(chunked, recipe with { CacheChunk = 3 }).Single().GetReproducibleFigures();
        Assert.All(expected.Zip(actual), pair =>
        {
            Assert.Equal(pair.First.Name, pair.Second.Name);
            Assert.Equal(pair.First.Value, pair.Second.Value, 1e-4 * (1 + pair.First.Value));
        });
        Near.Equal(whole.Model.GetGradients(), chunked.Model.GetGradients());
    }

    [Fact]
    public void Loss_uses_only_top_terms_of_each_text()
    {
        using var checkpoint = Create();
        double[][] queries = [.. DenseArithmetic.Weights(checkpoint, Queries, 16).Select(row => Top(row, 3))],
            documents = [.. DenseArithmetic.Weights(checkpoint, Documents, 16).Select(row => Top(row, 5))];
        var step = Run(checkpoint, Recipe with { Steps = 1, TopTerms = new(3, 5) }).Single();
        Assert.Equal(DenseArithmetic.InfoNce(queries, documents, 1), step.Figure("info_nce"), 1e-4);

        static double[] Top(double[] row, int count)
        {
            var min = row.OrderDescending().ElementAt(count - 1);
            return [.. row.Select(weight => weight >= min ? weight : 0)];
        }
    }

    /// <summary>Other terms get no gradient that would make them sparse.</summary>
    [Fact]
    public void Term_counts_include_only_top_terms_of_each_text()
    {
        using var checkpoint = Create();
        var step = Run(checkpoint, Recipe with { Steps = 1, TopTerms = new(3, 5) }).Single();
        Assert.Equal((3, 5), (step.Figure("query_terms"), step.Figure("document_terms")));
    }

    [Fact]
    public void Query_table_is_trained_instead_of_the_model_on_queries()
    {
        using var checkpoint = Create();
        var start = checkpoint.Write(_folder, "start");
        var recipe = Recipe with { QueryTable = new(LearningRate: 0.05) };
        using var run = TrainingRun.Open(checkpoint, recipe, _folder.Path, CPU);
        var steps = run.TakeSteps(TestContext.Current.CancellationToken).ToList();
        Assert.Equal(1.25, steps[0].Figure("query_terms")); // ten words in eight queries
        Assert.InRange(steps[^1].Figure("info_nce"), 0, steps[0].Figure("info_nce") / 2);

        var directory = _folder.File("trained");
        run.SaveCheckpoint(start, directory);
        using var encoder = InferenceFreeQueryEncoder.Load(directory);
        var vector = encoder.Encode("eins null", TextSide.Query, TestContext.Current.CancellationToken);
        Assert.Equal(["eins", "null"], vector.Entries.Select(entry => entry.Term).Order());
        Assert.All(vector.Entries, entry => Assert.NotEqual(1, entry.Weight)); // the initial weight
    }

    /// <summary>At first each entry is 1, so that the table's losses are those of the queries' own terms.</summary>
    [Fact]
    public void Query_table_with_model_is_trained_next_to_the_model()
    {
        using var checkpoint = Create();
        var start = checkpoint.Write(_folder, "start");
        double[][] documents = DenseArithmetic.Weights(checkpoint, Documents, 16),
            queries = DenseArithmetic.Weights(checkpoint, Queries, 16),
            ownTerms = [.. Queries.Select(query => OwnTerms(checkpoint, query))];
        using var run = TrainingRun.Open(
            checkpoint, Recipe with { QueryTable = new(LearningRate: 0.05, WithModel: true) }, _folder.Path, CPU);
        var steps = run.TakeSteps(TestContext.Current.CancellationToken).ToList();
        Assert.Equal(DenseArithmetic.InfoNce(queries, documents, 1), steps[0].Figure("info_nce"), 1e-4);
        Assert.Equal(DenseArithmetic.InfoNce(ownTerms, documents, 1), steps[0].Figure("table_info_nce"), 1e-4);
        Assert.InRange(steps[^1].Figure("info_nce"), 0, 0.1);
        Assert.InRange(steps[^1].Figure("table_info_nce"), 0, steps[0].Figure("table_info_nce") / 2);
        Assert.Equal(1, Accuracy(checkpoint));

        run.SaveCheckpoint(start, _folder.File("trained"));
        using var encoder = InferenceFreeQueryEncoder.Load(_folder.File("trained"));
        Assert.All(
            encoder.Encode("eins null", TextSide.Query, TestContext.Current.CancellationToken).Entries,
            entry => Assert.NotEqual(1, entry.Weight));
    }

    [Fact]
    public void Steps_with_same_seed_are_identical()
    {
        Assert.Equal(Figures(Recipe), Figures(Recipe));
        Assert.NotEqual(Figures(Recipe with { BatchSize = 4 }), Figures(Recipe with { BatchSize = 4, Seed = 2 }));

        IEnumerable<(string Name, double Value)> Figures(ContrastiveRecipe recipe)
        {
            using var checkpoint = Create();
            return [.. Run(checkpoint, recipe with { Steps = 5 }).SelectMany(step => step.GetReproducibleFigures())];
        }
    }

    [Fact]
    public void Flops_regularizer_lowers_number_of_terms()
    {
        using Checkpoint free = Create(), regularized = Create();
        var without = Run(
            free, Recipe with { Regularizers = TinyRecipe.OnBothSides(RegularizerKind.Flops, weight: 0) })[^1];
        var with = Run(
            regularized,
            Recipe with
            {
                Regularizers = TinyRecipe.OnBothSides(RegularizerKind.Flops, weight: 0.1, rampSteps: 30),
            })[^1];
        Assert.InRange(with.Figure("query_terms"), 1, without.Figure("query_terms") / 2);
        Assert.InRange(with.Figure("document_terms"), 1, without.Figure("document_terms") / 2);
        Assert.True(with.Figure("flops_document") < without.Figure("flops_document"));
    }

    /// <summary>
    /// The regularizer dominates the gradient. At the first of ten ramp steps its weight is (1/10)^2 of the full one.
    /// </summary>
    [Fact]
    public void Regularizer_weight_follows_ramp()
    {
        using Checkpoint full = Create(), ramped = Create();
        var expected = GradientNorm(full, rampSteps: 1) / 100;
        Assert.Equal(expected, GradientNorm(ramped, rampSteps: 10), expected / 100);

        double GradientNorm(Checkpoint checkpoint, int rampSteps) => Run(
            checkpoint,
            Recipe with
            {
                Steps = 1,
                Regularizers = TinyRecipe.OnBothSides(RegularizerKind.Flops, weight: 1e6, rampSteps),
            }).Single().Figure("gradient_norm");
    }

    /// <summary>AdamW's first step moves every parameter by the learning rate.</summary>
    [Fact]
    public void Learning_rate_follows_warm_up()
    {
        using var checkpoint = Create();
        var before = checkpoint.Model.GetValues("lm_head.bias");
        Run(checkpoint, Recipe with { Optimizer = TinyRecipe.Optimizer with { WarmupSteps = 4 } }, steps: 1);
        Assert.Equal(
            TinyRecipe.Optimizer.EmbeddingLearningRate / 4,
            before.Zip(checkpoint.Model.GetValues("lm_head.bias"), (x, y) => Math.Abs(x - y)).Max(), 1e-5);
    }

    [Fact]
    public void Hard_negatives_are_documents_of_the_batch()
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
        // Chance level for six documents: the fifth negative of each query is the other query's document.
        Assert.Equal(Math.Log(2 + 4), step.Figure("info_nce"), 0.25);
    }

    [Fact]
    public void Model_with_only_zero_weights_is_a_collapse()
    {
        using var checkpoint = Create();
        checkpoint.Model.Fill("lm_head.bias", -1000);
        AssertCollapse(checkpoint, "Step 1: every weight is zero");
    }

    [Theory]
    [InlineData("model.norm.weight", double.NaN)]
    [InlineData("model.embed_tokens.weight", double.NaN)]
    [InlineData("lm_head.bias", double.PositiveInfinity)]
    public void Model_with_infinite_or_nan_parameters_is_a_collapse(string parameter, double value)
    {
        using var checkpoint = Create();
        checkpoint.Model.Fill(parameter, value);
        AssertCollapse(checkpoint, "Step 1: ");
    }

    /// <summary>The model has 512 positions, and echo needs two per token.</summary>
    [Theory]
    [InlineData(513, 16, AttentionVariant.Causal, "query_tokens needs 513 positions")]
    [InlineData(512, 257, AttentionVariant.Echo, "query_tokens needs 1024 positions")]
    [InlineData(256, 257, AttentionVariant.Echo, "document_tokens needs 514 positions")]
    public void Texts_longer_than_context_length_are_rejected(
        int query, int document, AttentionVariant variant, string reason)
    {
        using var checkpoint = Create();
        var other = checkpoint.WithSettings(checkpoint.Settings with { Variant = PerSide.Both(variant) });
        var error = Assert.Throws<InvalidDataException>(
            () => Run(other, Recipe with { QueryTokens = query, DocumentTokens = document }, steps: 1));
        Assert.StartsWith(reason, error.Message, StringComparison.Ordinal);
        Assert.Single(Run(other, Recipe with { QueryTokens = 256, DocumentTokens = 256 }, steps: 1));
    }

    [Fact]
    public void Queries_weighted_by_a_table_may_exceed_context_length_without_model()
    {
        using var checkpoint = Create();
        var recipe = Recipe with { QueryTokens = 513, QueryTable = new(LearningRate: 0.05) };
        Assert.Single(Run(checkpoint, recipe, steps: 1));
        Assert.Throws<InvalidDataException>(
            () => Run(checkpoint, recipe with { QueryTable = new(0.05, WithModel: true) }, steps: 1));
    }

    private static ContrastiveRecipe Taught { get; } = Recipe with
    {
        Losses = [new(LossKind.InBatchKl), new(LossKind.InBatchMarginMse, 0.01)],
        ScoreScale = new(Initial: 0.3, LearningRate: 0.1),
        Teachers = [new(TeacherKind.Vectors, "teacher", 10, Standardize: false), new(TeacherKind.Bm25)],
    };

    private void WriteTeacher() => VectorFiles.Write(
        _folder.File("teacher"), "part",
        [
            .. Queries.Select((text, index) => (text, TextSide.Query, OneHot(index, 1))),
            .. Documents.Select((text, index) => (text, TextSide.Document, OneHot(index, 0.8f))),
        ]);

    private static float[] OneHot(int index, float value)
    {
        var vector = new float[Queries.Length];
        vector[index] = value;
        vector[(index + 1) % Queries.Length] = MathF.Sqrt(1 - (value * value));
        return vector;
    }

    private static double[] OwnTerms(Checkpoint checkpoint, string text)
    {
        var rows = text.Split(' ').Select(checkpoint.Tokenizer.Id).ToHashSet();
        return [.. Enumerable.Range(0, checkpoint.Config.OutputSize).Select(row => rows.Contains(row) ? 1.0 : 0)];
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

    private List<TrainingStep> Run(Checkpoint checkpoint, ContrastiveRecipe recipe, int steps = int.MaxValue)
    {
        using var run = TrainingRun.Open(checkpoint, recipe, _folder.Path, CPU);
        return [.. run.TakeSteps(TestContext.Current.CancellationToken).Take(steps)];
    }
}
