using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using LuceneLsr.Tokenization.Settings;

namespace LuceneLsr.Training.Recipes;

/// <summary>Recipes as JSON files, whose fields may be overridden one by one.</summary>
public static class RecipeFile
{
    internal static readonly JsonDocumentOptions Syntax = new()
    {
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        AllowDuplicateProperties = false,
    };

    private static readonly JsonSerializerOptions Json = new()
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

    /// <summary>Reads a recipe.</summary>
    /// <param name="path">The file.</param>
    /// <param name="overrides">
    /// Fields in place of the file's, as in "optimizer.layer_learning_rate=1e-4" or "sources.0.share=2"; values are
    /// JSON, or plain strings.
    /// </param>
    /// <exception cref="InvalidDataException">
    /// The file or an override is not valid; the message names file and field.
    /// </exception>
    public static T Load<T>(string path, IEnumerable<string>? overrides = null)
        where T : RunRecipe
    {
        if (Directory.Exists(path))
        {
            throw new InvalidDataException($"{path} is a directory; name the recipe's file.");
        }

        try
        {
            if (JsonNode.Parse(File.ReadAllText(path), documentOptions: Syntax) is not JsonObject fields)
            {
                throw new InvalidDataException("a recipe is a JSON object.");
            }

            foreach (var text in overrides ?? [])
            {
                RecipeOverride.Apply(fields, text);
            }

            var recipe = Read<T>(fields);
            recipe.Validate();
            return recipe;
        }
        catch (Exception exception)
            when (exception is JsonException or InvalidDataException or InvalidOperationException) // broken characters
        {
            throw new InvalidDataException($"{path}: {exception.Message}", exception);
        }
    }

    /// <summary>A recipe as it is read, every setting in full.</summary>
    public static string ToJson(RunRecipe recipe)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        return JsonSerializer.Serialize(recipe, recipe.GetType(), Json) + "\n";
    }

    private static T Read<T>(JsonObject fields)
    {
        try
        {
            return fields.Deserialize<T>(Json)!;
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException(RecipeErrors.Describe(exception, fields, typeof(T), Json), exception);
        }
    }
}
