using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Tools.Benchmarks.Models;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Torch.Configs;
using LuceneLsr.Torch.Models;
using LuceneLsr.Training.Recipes;

namespace LuceneLsr.Tools.Benchmarks.Training;

/// <summary>A way to train that is measured.</summary>
/// <param name="Name">The name in tables.</param>
/// <param name="Recipe">The recipe.</param>
internal sealed record RecipeVariant(string Name, ContrastiveRecipe Recipe)
{
    public const int QueryTokens = 32;
    public const int DocumentTokens = 128;

    private const int UnlimitedSteps = int.MaxValue;

    // So small that the weights, and with them the active terms, stay the same.
    private const double LearningRate = 1e-12;

    /// <summary>Creates the recipe of plain training: FP32, all weights trained, pairs from the data folder.</summary>
    /// <param name="pairs">The number of pairs per batch.</param>
    public static ContrastiveRecipe CreatePlain(int pairs) => new()
    {
        Steps = UnlimitedSteps,
        BatchSize = pairs,
        QueryTokens = QueryTokens,
        DocumentTokens = DocumentTokens,
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

    /// <summary>Creates the plain variant, and one for each way to save time or memory.</summary>
    /// <param name="pairs">The number of pairs per batch.</param>
    public static IReadOnlyList<RecipeVariant> CreateAll(int pairs)
    {
        var plain = CreatePlain(pairs);
        return
        [
            new("FP32", plain),
            new("BF16", plain with { Compute = ComputePrecision.BFloat16 }),
            new("checkpointing", plain with { ActivationCheckpointing = true }),
            new("LoRA", plain with { Lora = new() { Rank = 16, Alpha = 32 } }),
        ];
    }

    /// <summary>Counts the tokens of a recipe's batch.</summary>
    public static long CountTokens(ContrastiveRecipe recipe) =>
        (long)recipe.BatchSize * (QueryTokens + DocumentTokens);

    /// <summary>
    /// Counts the floating-point operations of a step, see <see cref="FlopCount"/>: a forward pass of the layers, a
    /// backward pass to their inputs and, where their weights are trained, one to their weights. The head counts only
    /// forward because its backward pass is sparse.
    /// </summary>
    public double CountFlops(DecoderConfig config)
    {
        var head = FlopCount.CountHead(config, (int)CountTokens(Recipe));
        var encoding = new[] { QueryTokens, DocumentTokens }.Sum(length =>
            FlopCount.CountEncoding(config, Recipe.BatchSize, length, AttentionVariant.Causal));
        var passes = Recipe.Lora is null ? 3 : 2;
        return (passes * (encoding - head)) + head;
    }
}
