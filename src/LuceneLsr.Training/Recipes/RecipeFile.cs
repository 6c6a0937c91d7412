using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using LuceneLsr.Files;
using LuceneLsr.Tokenization.Settings;

namespace LuceneLsr.Training.Recipes;

/// <summary>Reads and writes recipes as JSON files.</summary>
public static class RecipeFile
{
    internal static readonly JsonDocumentOptions Syntax = new()
    {
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        AllowDuplicateProperties = false,
    };

    internal static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
        Converters =
        {
            new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false),
            new PerSideConverter(),
        },
        WriteIndented = true,
    };

    /// <summary>Loads and validates a recipe.</summary>
    /// <param name="path">The file.</param>
    /// <param name="overrides">
    /// Fields to set, such as "optimizer.layer_learning_rate=1e-4" or "sources.0.share=2". A value is JSON or a plain
    /// string.
    /// </param>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="InvalidDataException">
    /// The file or an override is not valid. The message names the file and the field.
    /// </exception>
    public static T Load<T>(string path, IEnumerable<string>? overrides = null)
        where T : RunRecipe
    {
        if (Directory.Exists(path))
        {
            throw new InvalidDataException($"{path} is a directory. Specify a recipe file.");
        }

        try
        {
            return Parse<T>(File.ReadAllText(path), overrides ?? []);
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"{path}: {JsonErrors.DescribeSyntax(exception)}", exception);
        }
        catch (Exception exception)
            when (exception is InvalidDataException or InvalidOperationException) // malformed strings
        {
            throw new InvalidDataException($"{path}: {exception.Message}", exception);
        }
    }

    /// <summary>Formats a recipe as JSON with all fields, including those with default values.</summary>
    public static string ToJson(RunRecipe recipe)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        return JsonSerializer.Serialize(recipe, recipe.GetType(), Json) + "\n";
    }

    private static T Parse<T>(string json, IEnumerable<string> overrides)
        where T : RunRecipe
    {
        if (JsonNode.Parse(json, documentOptions: Syntax) is not JsonObject fields)
        {
            throw new InvalidDataException("a recipe must be a JSON object.");
        }

        foreach (var text in overrides)
        {
            RecipeOverride.Apply(fields, text);
        }

        var recipe = Deserialize<T>(fields);
        recipe.Validate();
        return recipe;
    }

    private static T Deserialize<T>(JsonObject fields)
    {
        try
        {
            return fields.Deserialize<T>(Json)!;
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException(
                JsonErrors.Describe(exception, JsonSerializer.SerializeToElement(fields), typeof(T), Json), exception);
        }
    }
}
