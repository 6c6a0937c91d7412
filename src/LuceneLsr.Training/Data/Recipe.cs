using System.Text.Json;
using System.Text.Json.Serialization;

namespace LuceneLsr.Training.Data;

/// <summary>A contrastive run's data and settings, one JSON file.</summary>
public sealed record Recipe
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
        Converters = { new JsonStringEnumConverter(namingPolicy: null, allowIntegerValues: false) },
        WriteIndented = true,
    };

    /// <summary>Optimizer steps.</summary>
    public required int Steps { get; init; }

    /// <summary>Pairs a step.</summary>
    public required int BatchSize { get; init; }

    /// <summary>Tokens read of a query.</summary>
    public required int QueryTokens { get; init; }

    /// <summary>Tokens read of a document.</summary>
    public required int DocumentTokens { get; init; }

    /// <summary>Peak learning rate of embeddings and head.</summary>
    public required double EmbeddingLearningRate { get; init; }

    /// <summary>Peak learning rate of the layers.</summary>
    public required double LayerLearningRate { get; init; }

    /// <summary>Temperature of InfoNCE.</summary>
    public double Temperature { get; init; } = 1;

    /// <summary>Steps of the linear warm-up.</summary>
    public required int WarmupSteps { get; init; }

    /// <summary>Weight of the FLOPS regularizer on either side.</summary>
    public required double FlopsWeight { get; init; }

    /// <summary>Steps of the regularizer's quadratic ramp.</summary>
    public required int FlopsRampSteps { get; init; }

    /// <summary>Largest norm of the gradient.</summary>
    public required double GradientClip { get; init; }

    /// <summary>Seed of the data order.</summary>
    public required int Seed { get; init; }

    /// <summary>Where the pairs come from.</summary>
    public required IReadOnlyList<RecipeSource> Sources { get; init; }

    /// <summary>Reads a recipe.</summary>
    /// <exception cref="InvalidDataException">
    /// The file is no valid recipe; the message names file and field.
    /// </exception>
    public static Recipe Load(string path)
    {
        try
        {
            var recipe = JsonSerializer.Deserialize<Recipe>(File.ReadAllText(path), Json)
                ?? throw new InvalidDataException($"{path}: is 'null'; a recipe is a JSON object.");
            recipe.Validate(path);
            return recipe;
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"{path}: {exception.Message}", exception);
        }
    }

    /// <summary>The recipe as it is read.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Json) + "\n";

    private void Validate(string path)
    {
        Require(Steps > 0, "steps must be above zero");
        Require(BatchSize > 1, "batch_size must be at least 2: the other pairs are the negatives");
        Require(QueryTokens > 0 && DocumentTokens > 0, "query_tokens and document_tokens must be above zero");
        Require(IsPositive(EmbeddingLearningRate) && IsPositive(LayerLearningRate),
            "embedding_learning_rate and layer_learning_rate must be finite and above zero");
        Require(IsPositive(Temperature), "temperature must be finite and above zero");
        Require(WarmupSteps >= 0 && WarmupSteps < Steps, "warmup_steps must be at least 0 and below steps");
        Require(double.IsFinite(FlopsWeight) && FlopsWeight >= 0, "flops_weight must be finite and not negative");
        Require(FlopsRampSteps >= 0, "flops_ramp_steps must not be negative");
        Require(IsPositive(GradientClip), "gradient_clip must be finite and above zero");
        Require(Sources.Count > 0 && Sources.All(source => source is not null),
            "sources must not be empty, nor one of them null");
        Require(Sources.All(source => IsPositive(source.Share)), "each source's share must be finite and above zero");
        Require(Sources.All(source => source.Negatives is >= 0 and <= HardNegatives.Pool),
            $"a source's negatives must be from 0 to {HardNegatives.Pool}");

        static bool IsPositive(double value) => double.IsFinite(value) && value > 0;

        void Require(bool holds, string rule)
        {
            if (!holds)
            {
                throw new InvalidDataException($"{path}: {rule}.");
            }
        }
    }
}
