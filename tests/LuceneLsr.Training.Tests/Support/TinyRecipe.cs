using LuceneLsr.Training.Recipes;

namespace LuceneLsr.Training.Tests.Support;

/// <summary>Recipes of short runs, for tests to vary.</summary>
internal static class TinyRecipe
{
    public static OptimizerSettings Optimizer { get; } = new()
    {
        EmbeddingLearningRate = 0.01,
        LayerLearningRate = 0.01,
        WarmupSteps = 0,
    };

    /// <summary>Gets LoRA settings for one attention and one feed-forward projection, with dropout.</summary>
    public static LoraSettings Lora { get; } =
        new() { Rank = 2, Alpha = 4, Dropout = 0.2, TargetModules = ["q_proj", "down_proj"] };

    /// <summary>Creates a recipe with InfoNCE only.</summary>
    public static ContrastiveRecipe Contrastive(params IReadOnlyList<RecipeSource> sources) => new()
    {
        Steps = 10,
        BatchSize = 4,
        QueryTokens = 16,
        DocumentTokens = 16,
        Optimizer = Optimizer,
        Losses = [new(LossKind.InfoNce)],
        Regularizers = [],
        Seed = 1,
        Sources = sources,
    };

    /// <summary>Gets a language-model recipe whose texts are supplied by the test.</summary>
    public static LanguageModelRecipe LanguageModel { get; } = new()
    {
        Steps = 40,
        BatchSize = 2,
        SequenceLength = 7,
        Objective = LanguageModelObjective.Adaptation,
        Optimizer = Optimizer,
        Seed = 1,
        Texts = ["texts"],
    };

    /// <summary>Creates the same regularizer for both sides.</summary>
    public static IReadOnlyList<RegularizerTerm> OnBothSides(RegularizerKind kind, double weight, int rampSteps = 0) =>
        [new(kind, TextSide.Query, weight, rampSteps), new(kind, TextSide.Document, weight, rampSteps)];
}
