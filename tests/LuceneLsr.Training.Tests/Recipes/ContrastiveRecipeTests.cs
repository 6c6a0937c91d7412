using LuceneLsr.TestSupport;
using LuceneLsr.Training.Recipes;
using LuceneLsr.Training.Tests.Support;

namespace LuceneLsr.Training.Tests.Recipes;

public sealed class ContrastiveRecipeTests : IDisposable
{
    private const string Source = """{"path": "a", "kind": "judged", "share": 1}""";
    private const string Loss = """{"kind": "info_nce"}""";
    private const string Regularizer = """{"kind": "l1", "side": "query", "weight": 1}""";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Load_reads_every_field()
    {
        var recipe = Load(RecipeJson.Contrastive);
        Assert.Equal((800, 32, 48, 160), (recipe.Steps, recipe.BatchSize, recipe.QueryTokens, recipe.DocumentTokens));
        Assert.Equal(16, recipe.SimilarBatches);
        Assert.Equal((2, 8, 50, 7), (recipe.Accumulation, recipe.CacheChunk, recipe.SaveEvery, recipe.Seed));
        Assert.Equal(
            new OptimizerSettings
            {
                EmbeddingLearningRate = 3e-4,
                HeadLearningRate = 4e-4,
                HeadBiasLearningRate = 5e-3,
                LayerLearningRate = 6e-4,
                FrozenLayers = 3,
                WarmupSteps = 30,
                Decay = LearningRateDecay.Cosine,
                WeightDecay = 0.01,
                GradientClip = 0.5,
            },
            recipe.Optimizer);
        Assert.Equal((8, 16, 0.1), (recipe.Lora!.Rank, recipe.Lora.Alpha, recipe.Lora.Dropout));
        Assert.Equal(["q_proj", "v_proj"], recipe.Lora.TargetModules);
        Assert.Equal((ComputePrecision.BFloat16, true), (recipe.Compute, recipe.ActivationCheckpointing));
        Assert.Equal(
            [
                new(LossKind.InfoNce, 1, 2.5), new(LossKind.Kl, 0.5, 3), new(LossKind.MarginMse, 0.05),
                new(LossKind.InBatchKl, 2, 4), new(LossKind.InBatchMarginMse, 0.25),
            ],
            recipe.Losses);
        Assert.Equal(
            [new(TeacherKind.Vectors, "minilm", 20, Standardize: false), new(TeacherKind.Bm25, Weight: 1.5)],
            recipe.Teachers);
        Assert.Equal(new ScoreScaleSettings(0.5, 0.02), recipe.ScoreScale);
        Assert.Equal(
            [
                new(RegularizerKind.Flops, TextSide.Query, 0.01, 270, 20),
                new(RegularizerKind.L1, TextSide.Query, 0.02, 9), new(RegularizerKind.DfFlops, TextSide.Document, 0.03),
            ],
            recipe.Regularizers);
        Assert.Equal((new(32, 256), new(0.02, WithModel: true)), (recipe.TopTerms, recipe.QueryTable));
        Assert.Equal(new TermTargetSettings("targets.jsonl", 0.7, 5), recipe.TermTargets);
        Assert.Equal(
            [
                new("a", PairKind.Judged, 0.5, 3, "a.tsv"), new("b", PairKind.Titles, 2),
                new("c.jsonl", PairKind.Sentences, 1),
            ],
            recipe.Sources);
    }

    [Fact]
    public void Load_without_optional_fields_uses_their_defaults()
    {
        var recipe = Load(
            $$"""
            {
              "steps": 2, "batch_size": 2, "query_tokens": 1, "document_tokens": 1, "seed": 0, "losses": [{{Loss}}],
              "optimizer": { "embedding_learning_rate": 1, "layer_learning_rate": 1, "warmup_steps": 0 },
              "regularizers": [{{Regularizer}}], "sources": [{{Source}}]
            }
            """);
        Assert.Equal(1, recipe.SimilarBatches);
        Assert.Equal((1, null, 100), (recipe.Accumulation, recipe.CacheChunk, recipe.SaveEvery));
        Assert.Equal((null, null, PerSide.Both(0)), (recipe.Lora, recipe.QueryTable, recipe.TopTerms));
        Assert.Equal((ComputePrecision.Float32, false), (recipe.Compute, recipe.ActivationCheckpointing));
        Assert.Equal(
            (LearningRateDecay.Linear, 0, 1),
            (recipe.Optimizer.Decay, recipe.Optimizer.WeightDecay, recipe.Optimizer.GradientClip));
        Assert.Equal(new LossTerm(LossKind.InfoNce, 1, 1), recipe.Losses.Single());
        Assert.Equal(new RegularizerTerm(RegularizerKind.L1, TextSide.Query, 1, 0, 0), recipe.Regularizers.Single());
        Assert.Equal((null, null, null),
            (recipe.Optimizer.HeadLearningRate, recipe.Optimizer.HeadBiasLearningRate, recipe.Optimizer.FrozenLayers));
        Assert.Empty(recipe.Teachers);
        Assert.Null(recipe.TermTargets);
        Assert.Equal(new ScoreScaleSettings(0.3, 0.01), recipe.ScoreScale);
        Assert.Equal(0, recipe.Sources.Single().Negatives);
    }

    [Fact]
    public void Load_of_lora_without_target_modules_names_none_and_so_adapts_every_projection() => Assert.Null(
        Load(JsonMutations.With(RecipeJson.Contrastive, "lora", """{"rank": 1, "alpha": 1}""")).Lora!.TargetModules);

    [Theory]
    [InlineData("steps", "0", "steps must be positive.")]
    [InlineData("batch_size", "1", "batch_size must be at least 2, because")]
    [InlineData("accumulation", "0", "accumulation must be positive.")]
    [InlineData("save_every", "0", "save_every must be positive.")]
    [InlineData("cache_chunk", "0", "cache_chunk must be positive.")]
    [InlineData("similar_batches", "0", "similar_batches must be positive.")]
    [InlineData("query_tokens", "0", "query_tokens must be positive.")]
    [InlineData("document_tokens", "-1", "document_tokens must be positive.")]
    [InlineData("optimizer.embedding_learning_rate", "0", "optimizer.embedding_learning_rate must be finite and pos")]
    [InlineData("optimizer.embedding_learning_rate", "1e999", "optimizer.embedding_learning_rate must be finite and")]
    [InlineData("optimizer.layer_learning_rate", "-1", "optimizer.layer_learning_rate must be finite and positive.")]
    [InlineData("optimizer.head_learning_rate", "0", "optimizer.head_learning_rate must be finite and positive.")]
    [InlineData("optimizer.head_bias_learning_rate", "-1", "optimizer.head_bias_learning_rate must be finite and pos")]
    [InlineData("optimizer.frozen_layers", "-1", "optimizer.frozen_layers must not be negative.")]
    [InlineData("optimizer.warmup_steps", "-1", "optimizer.warmup_steps must be at least 0 and below steps, but is -1")]
    [InlineData("optimizer.warmup_steps", "800", "optimizer.warmup_steps must be at least 0 and below steps, but is ")]
    [InlineData("optimizer.weight_decay", "-1", "optimizer.weight_decay must be finite and not negative.")]
    [InlineData("optimizer.weight_decay", "1e999", "optimizer.weight_decay must be finite and not negative.")]
    [InlineData("optimizer.weight_decay", "1e300", "optimizer.weight_decay must be finite and not negative.")]
    [InlineData("optimizer.gradient_clip", "0", "optimizer.gradient_clip must be finite and positive.")]
    [InlineData("optimizer.gradient_clip", "1e999", "optimizer.gradient_clip must be finite and positive.")]
    [InlineData("lora.rank", "0", "lora.rank must be positive.")]
    [InlineData("lora.alpha", "0", "lora.alpha must be finite and positive.")]
    [InlineData("lora.alpha", "1e999", "lora.alpha must be finite and positive.")]
    [InlineData("lora.dropout", "1", "lora.dropout must be at least 0 and below 1.")]
    [InlineData("lora.dropout", "-0.1", "lora.dropout must be at least 0 and below 1.")]
    [InlineData("lora.target_modules", "[]", "lora.target_modules must not be empty.")]
    [InlineData("lora.target_modules", "[\"q_proj\", null]", "lora.target_modules[1] must not be blank.")]
    [InlineData("states", " ", "states must be a directory.")]
    [InlineData("optimizer.frozen_layers", "null", "states needs optimizer.frozen_layers, the number of all layers")]
    [InlineData("losses", "[]", "losses must not be empty.")]
    [InlineData("losses", "[null]", "losses[0] must not be null.")]
    [InlineData("losses.0.weight", "0", "losses[0].weight must be finite and positive.")]
    [InlineData("losses.0.weight", "1e999", "losses[0].weight must be finite and positive.")]
    [InlineData("losses.2.temperature", "0", "losses[2].temperature must be finite and positive.")]
    [InlineData("losses.1.kind", "info_nce", "losses must differ in kind, because")]
    [InlineData("term_targets.path", " ", "term_targets.path must be a file.")]
    [InlineData("term_targets.weight", "0", "term_targets.weight must be finite and positive.")]
    [InlineData("term_targets.batch_size", "0", "term_targets.batch_size must be positive.")]
    [InlineData("teachers", "[]", "losses of kind in_batch_kl and in_batch_margin_mse need teachers.")]
    [InlineData("teachers", "[null]", "teachers[0] must not be null.")]
    [InlineData("teachers.0.path", "null", "teachers[0].path must be a directory of vectors.")]
    [InlineData("teachers.0.kind", "bm25", "teachers[0].path must be null unless the kind is vectors.")]
    [InlineData("teachers.1.weight", "0", "teachers[1].weight must be finite and positive.")]
    [InlineData("losses", "[{\"kind\": \"info_nce\"}]",
        "teachers need a loss of kind in_batch_kl or in_batch_margin_mse.")]
    [InlineData("score_scale.initial", "0", "score_scale.initial must be finite and positive.")]
    [InlineData("score_scale.learning_rate", "-1", "score_scale.learning_rate must be finite and positive.")]
    [InlineData("regularizers", "[null]", "regularizers[0] must not be null.")]
    [InlineData("regularizers.0.weight", "-0.1", "regularizers[0].weight must be finite and not negative.")]
    [InlineData("regularizers.0.weight", "1e999", "regularizers[0].weight must be finite and not negative.")]
    [InlineData("regularizers.0.weight", "1e300", "regularizers[0].weight must be finite and not negative.")]
    [InlineData("regularizers.0.ramp_steps", "-1", "regularizers[0].ramp_steps must not be negative.")]
    [InlineData("regularizers.0.above_terms", "-1", "regularizers[0].above_terms must not be negative.")]
    [InlineData("regularizers.1.above_terms", "1", "regularizers[1].above_terms must be 0 unless the kind is flops.")]
    [InlineData("regularizers.1.kind", "flops", "regularizers of one side must differ in kind, because")]
    [InlineData("top_terms", "-1", "top_terms must not be negative.")]
    [InlineData("top_terms.document", "-1", "top_terms must not be negative.")]
    [InlineData("query_table.learning_rate", "0", "query_table.learning_rate must be finite and positive.")]
    [InlineData("sources", "[]", "sources must not be empty.")]
    [InlineData("sources", "[null]", "sources[0] must not be null.")]
    [InlineData("sources.0.path", " ", "sources[0].path must be a directory or file.")]
    [InlineData("sources.0.scores", "", "sources[0].scores must be a file.")]
    [InlineData("sources", "[{\"path\": \"a\", \"kind\": \"pairs\", \"share\": 1}]", "losses of kind kl and")]
    [InlineData("sources.0.share", "0", "sources[0].share must be finite and positive.")]
    [InlineData("sources.0.share", "1e999", "sources[0].share must be finite and positive.")]
    [InlineData("sources.0.negatives", "-1", "sources[0].negatives must not be negative.")]
    [InlineData("sources.1.negatives", "11", "sources[1].negatives must be at most 10, because BM25 mines them.")]
    [InlineData("sources.0.negatives", "0", "sources[0].scores needs kind judged and negatives above 0.")]
    [InlineData("sources.0.kind", "titles", "sources[0].scores needs kind judged and negatives above 0.")]
    public void Load_of_an_invalid_setting_reports_file_and_field(string field, string value, string rule) =>
        Assert.StartsWith(
            $"{_folder.File("recipe.json")}: {rule}",
            Assert.Throws<InvalidDataException>(() => Load(RecipeJson.Contrastive, $"{field}={value}")).Message,
            StringComparison.Ordinal);

    private ContrastiveRecipe Load(string json, params string[] overrides) =>
        RecipeFile.Load<ContrastiveRecipe>(_folder.Write("recipe.json", json), overrides);
}
