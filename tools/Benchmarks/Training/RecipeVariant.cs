using LuceneLsr.Encoding;
using LuceneLsr.Tools.Benchmarks.Encoders;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Training.Recipes;

namespace LuceneLsr.Tools.Benchmarks.Training;

/// <summary>A way to train that is measured.</summary>
/// <param name="Name">What is not as usual about it.</param>
/// <param name="Recipe">Its recipe.</param>
internal sealed record RecipeVariant(string Name, ContrastiveRecipe Recipe)
{
    // Weights stay where they are, and so do the active terms.
    private const double LearningRate = 1e-12;

    /// <summary>32 pairs, in FP32, all weights trained; it trains on the folder itself.</summary>
    public static ContrastiveRecipe Usual { get; } = new()
    {
        Steps = int.MaxValue,
        BatchSize = 32,
        QueryTokens = 32,
        DocumentTokens = 128,
        Optimizer = new()
        {
            EmbeddingLearningRate = LearningRate,
            LayerLearningRate = LearningRate,
            WarmupSteps = 0,
        },
        Losses = [new(LossKind.InfoNce)],
        Regularizers =
        [
            new(RegularizerKind.Flops, TextSide.Query, Weight: 1e-3),
            new(RegularizerKind.Flops, TextSide.Document, Weight: 1e-3),
        ],
        Seed = 1,
        Sources = [new(".", PairKind.Titles, Share: 1)],
    };

    /// <summary>The usual one, and each way to save time or memory by itself.</summary>
    public static IReadOnlyList<RecipeVariant> All { get; } =
    [
        new("FP32", Usual),
        new("BF16", Usual with { Compute = ComputePrecision.BFloat16 }),
        new("recomputed", Usual with { ActivationCheckpointing = true }),
        new("LoRA", Usual with { Lora = new() { Rank = 16, Alpha = 32 } }),
    ];

    /// <summary>Tokens of a batch.</summary>
    public static long Tokens(ContrastiveRecipe recipe) =>
        (long)recipe.BatchSize * (recipe.QueryTokens + recipe.DocumentTokens);

    /// <summary>
    /// Floating-point operations that a step cannot do without, see <see cref="FlopCount"/>. Layers are passed forward,
    /// backward to their inputs and, where their weights are trained, backward to these; the head only forward, as its
    /// backward pass is sparse.
    /// </summary>
    public double Flops(DecoderConfig config)
    {
        var positions = new[] { Recipe.QueryTokens, Recipe.DocumentTokens };
        var head = FlopCount.OfHead(config, (int)Tokens(Recipe));
        var all = positions.Sum(length => FlopCount.Of(config, Recipe.BatchSize, length, AttentionVariant.Causal));
        return ((Recipe.Lora is null ? 3 : 2) * (all - head)) + head;
    }
}
