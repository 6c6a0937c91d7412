using LuceneLsr.Training.Data;

namespace LuceneLsr.Training.Tests.Support;

/// <summary>Recipes to vary.</summary>
internal static class Recipes
{
    public static Recipe Of(params IReadOnlyList<RecipeSource> sources) => new()
    {
        Steps = 10,
        BatchSize = 4,
        QueryTokens = 16,
        DocumentTokens = 16,
        EmbeddingLearningRate = 0.01,
        LayerLearningRate = 0.01,
        WarmupSteps = 0,
        FlopsWeight = 0,
        FlopsRampSteps = 0,
        GradientClip = 1,
        Seed = 1,
        Sources = sources,
    };
}
