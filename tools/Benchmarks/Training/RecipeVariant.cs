using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Tools.Benchmarks.Encoders;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Torch.Models;
using LuceneLsr.Training.Recipes;

namespace LuceneLsr.Tools.Benchmarks.Training;

/// <summary>A way to train that is measured.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Recipe">Its recipe.</param>
internal sealed record RecipeVariant(string Name, ContrastiveRecipe Recipe)
{
    public const int QueryTokens = 32;
    public const int DocumentTokens = 128;

    // Weights stay where they are, and so do the active terms.
    private const double LearningRate = 1e-12;

    /// <summary>The plain way: FP32, and all weights are trained. The data folder is its source.</summary>
    /// <param name="pairs">Of a batch.</param>
    public static ContrastiveRecipe Plain(int pairs) => new()
    {
        Steps = int.MaxValue,
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

    /// <summary>The plain way, and each way to save time or memory by itself.</summary>
    /// <param name="pairs">Of a batch.</param>
    public static IReadOnlyList<RecipeVariant> All(int pairs)
    {
        var plain = Plain(pairs);
        return
        [
            new("FP32", plain),
            new("BF16", plain with { Compute = ComputePrecision.BFloat16 }),
            new("recomputed", plain with { ActivationCheckpointing = true }),
            new("LoRA", plain with { Lora = new() { Rank = 16, Alpha = 32 } }),
        ];
    }

    /// <summary>Tokens of a recipe's batch.</summary>
    public static long Tokens(ContrastiveRecipe recipe) => (long)recipe.BatchSize * (QueryTokens + DocumentTokens);

    /// <summary>
    /// Floating-point operations that a step cannot do without, see <see cref="FlopCount"/>. Layers are passed forward,
    /// backward to their inputs and, where their weights are trained, backward to these; the head only forward, as its
    /// backward pass is sparse.
    /// </summary>
    public double Flops(DecoderConfig config)
    {
        var head = FlopCount.OfHead(config, (int)Tokens(Recipe));
        var all = new[] { QueryTokens, DocumentTokens }
            .Sum(length => FlopCount.Of(config, Recipe.BatchSize, length, AttentionVariant.Causal));
        return ((Recipe.Lora is null ? 3 : 2) * (all - head)) + head;
    }
}
