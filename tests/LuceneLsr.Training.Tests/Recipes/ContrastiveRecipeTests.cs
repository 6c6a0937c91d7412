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
    public void Every_field_is_read()
    {
        var recipe = Load(RecipeJson.Contrastive);
        Assert.Equal((800, 32, 48, 160), (recipe.Steps, recipe.BatchSize, recipe.QueryTokens, recipe.DocumentTokens));
        Assert.Equal((2, 8, 50, 7), (recipe.Accumulation, recipe.CacheChunk, recipe.SaveEvery, recipe.Seed));
        Assert.Equal(
            new OptimizerSettings
            {
                EmbeddingLearningRate = 3e-4,
                LayerLearningRate = 6e-4,
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
            [new(LossKind.InfoNce, 1, 2.5), new(LossKind.Kl, 0.5, 3), new(LossKind.MarginMse, 0.05)], recipe.Losses);
        Assert.Equal(
            [
                new(RegularizerKind.Flops, TextSide.Query, 0.01, 270, 20),
                new(RegularizerKind.L1, TextSide.Query, 0.02, 9), new(RegularizerKind.DfFlops, TextSide.Document, 0.03),
            ],
            recipe.Regularizers);
        Assert.Equal((new(32, 256), new(0.02)), (recipe.TopTerms, recipe.QueryTable));
        Assert.Equal(
            [
                new("a", PairKind.Judged, 0.5, 3, "a.tsv"), new("b", PairKind.Titles, 2),
                new("c.jsonl", PairKind.Sentences, 1),
            ],
            recipe.Sources);
    }

    [Fact]
    public void What_may_be_left_out_has_its_default()
    {
        var recipe = Load(
            $$"""
            {
              "steps": 2, "batch_size": 2, "query_tokens": 1, "document_tokens": 1, "seed": 0, "losses": [{{Loss}}],
              "optimizer": { "embedding_learning_rate": 1, "layer_learning_rate": 1, "warmup_steps": 0 },
              "regularizers": [{{Regularizer}}], "sources": [{{Source}}]
            }
            """);
        Assert.Equal((1, null, 100), (recipe.Accumulation, recipe.CacheChunk, recipe.SaveEvery));
        Assert.Equal((null, null, PerSide.Both(0)), (recipe.Lora, recipe.QueryTable, recipe.TopTerms));
        Assert.Equal((ComputePrecision.Float32, false), (recipe.Compute, recipe.ActivationCheckpointing));
        Assert.Equal(
            (LearningRateDecay.Linear, 0, 1),
            (recipe.Optimizer.Decay, recipe.Optimizer.WeightDecay, recipe.Optimizer.GradientClip));
        Assert.Equal(new LossTerm(LossKind.InfoNce, 1, 1), recipe.Losses.Single());
        Assert.Equal(new RegularizerTerm(RegularizerKind.L1, TextSide.Query, 1, 0, 0), recipe.Regularizers.Single());
        Assert.Equal(0, recipe.Sources.Single().Negatives);
    }

    [Fact]
    public void Lora_adapts_every_projection_by_default() => Assert.Equal(
        ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"],
        Load(JsonMutations.With(RecipeJson.Contrastive, "lora", """{"rank": 1, "alpha": 1}""")).Lora!.TargetModules);

    [Theory]
    [InlineData("steps", "0", "steps must be above zero")]
    [InlineData("batch_size", "1", "batch_size must be at least 2")]
    [InlineData("accumulation", "0", "accumulation must be above zero")]
    [InlineData("save_every", "0", "save_every must be above zero")]
    [InlineData("cache_chunk", "0", "cache_chunk must be above zero")]
    [InlineData("query_tokens", "0", "query_tokens and document_tokens must be above zero")]
    [InlineData("document_tokens", "-1", "query_tokens and document_tokens must be above zero")]
    [InlineData("optimizer.embedding_learning_rate", "0", "optimizer.embedding_learning_rate and")]
    [InlineData("optimizer.embedding_learning_rate", "1e999", "optimizer.embedding_learning_rate and")]
    [InlineData("optimizer.layer_learning_rate", "-1", "optimizer.embedding_learning_rate and layer_")]
    [InlineData("optimizer.warmup_steps", "-1", "optimizer.warmup_steps must be at least 0 and below steps")]
    [InlineData("optimizer.warmup_steps", "800", "optimizer.warmup_steps must be at least 0 and below steps")]
    [InlineData("optimizer.weight_decay", "-1", "optimizer.weight_decay must be finite and not negative")]
    [InlineData("optimizer.weight_decay", "1e999", "optimizer.weight_decay must be finite and not negative")]
    [InlineData("optimizer.weight_decay", "1e300", "optimizer.weight_decay must be finite and not negative")]
    [InlineData("optimizer.gradient_clip", "0", "optimizer.gradient_clip must be finite and above zero")]
    [InlineData("optimizer.gradient_clip", "1e999", "optimizer.gradient_clip must be finite and above zero")]
    [InlineData("lora.rank", "0", "lora.rank must be above zero")]
    [InlineData("lora.alpha", "0", "lora.alpha must be finite and above zero")]
    [InlineData("lora.alpha", "1e999", "lora.alpha must be finite and above zero")]
    [InlineData("lora.dropout", "1", "lora.dropout must be at least 0 and below 1")]
    [InlineData("lora.dropout", "-0.1", "lora.dropout must be at least 0 and below 1")]
    [InlineData("lora.target_modules", "[]", "lora.target_modules must not be empty, nor one of them blank")]
    [InlineData("lora.target_modules", "[null]", "lora.target_modules must not be empty, nor one of them blank")]
    [InlineData("losses", "[]", "losses must not be empty, nor one of them null")]
    [InlineData("losses", "[null]", "losses must not be empty, nor one of them null")]
    [InlineData("losses.0.weight", "0", "each loss's weight and temperature must be finite and above zero")]
    [InlineData("losses.0.weight", "1e999", "each loss's weight and temperature must be finite and above zero")]
    [InlineData("losses.2.temperature", "0", "each loss's weight and temperature must be finite and above zero")]
    [InlineData("losses.1.kind", "info_nce", "losses must differ in kind, by which a log names them")]
    [InlineData("regularizers", "[null]", "none of the regularizers may be null")]
    [InlineData("regularizers.0.weight", "-0.1", "each regularizer's weight must be finite and not negative")]
    [InlineData("regularizers.0.weight", "1e999", "each regularizer's weight must be finite and not negative")]
    [InlineData("regularizers.0.weight", "1e300", "each regularizer's weight must be finite and not negative")]
    [InlineData("regularizers.0.ramp_steps", "-1", "each regularizer's ramp_steps and above_terms must")]
    [InlineData("regularizers.0.above_terms", "-1", "each regularizer's ramp_steps and above_terms must not be")]
    [InlineData("regularizers.1.above_terms", "1", "above_terms is a setting of the flops regularizer alone")]
    [InlineData("regularizers.1.kind", "flops", "regularizers of a side must differ in kind, by which a log names")]
    [InlineData("top_terms", "-1", "top_terms must not be negative")]
    [InlineData("top_terms.document", "-1", "top_terms must not be negative")]
    [InlineData("query_table.learning_rate", "0", "query_table.learning_rate must be finite and above zero")]
    [InlineData("sources", "[]", "sources must not be empty, nor one of them null")]
    [InlineData("sources", "[null]", "sources must not be empty, nor one of them null")]
    [InlineData("sources.0.path", " ", "each source's path must be that of a folder or file")]
    [InlineData("sources.0.scores", "", "a source's scores must name a file")]
    [InlineData("sources", "[{\"path\": \"a\", \"kind\": \"pairs\", \"share\": 1}]", "kl and margin_mse need a source")]
    [InlineData("sources.0.share", "0", "each source's share must be finite and above zero")]
    [InlineData("sources.0.share", "1e999", "each source's share must be finite and above zero")]
    [InlineData("sources.0.negatives", "-1", "a source's negatives must not be negative")]
    [InlineData("sources.1.negatives", "11", "a source's negatives must be at most 10 where they are mined")]
    [InlineData("sources.0.negatives", "0", "scores is a setting of a judged source with negatives")]
    [InlineData("sources.0.kind", "titles", "scores is a setting of a judged source with negatives")]
    public void A_setting_with_which_no_run_is_possible_is_refused_by_name(string field, string value, string rule) =>
        Assert.StartsWith(
            $"{_folder.File("recipe.json")}: {rule}",
            Assert.Throws<InvalidDataException>(() => Load(RecipeJson.Contrastive, $"{field}={value}")).Message,
            StringComparison.Ordinal);

    private ContrastiveRecipe Load(string json, params string[] overrides) =>
        RecipeFile.Load<ContrastiveRecipe>(_folder.Write("recipe.json", json), overrides);
}
