using System.Text.Json;
using System.Text.Json.Serialization;

namespace LuceneLsr.Tokenization.Settings;

/// <summary>
/// Converts a setting to and from JSON: one value if both sides are equal, otherwise an object with one value per side.
/// </summary>
internal sealed class PerSideConverter : JsonConverterFactory
{
    /// <inheritdoc/>
    public override bool CanConvert(Type typeToConvert) =>
        typeToConvert.IsGenericType && typeToConvert.GetGenericTypeDefinition() == typeof(PerSide<>);

    /// <inheritdoc/>
    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(
            typeof(Converter<>).MakeGenericType(typeToConvert.GenericTypeArguments))!;

    private sealed class Converter<T> : JsonConverter<PerSide<T>>
    {
        public override PerSide<T> Read(
            ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            try
            {
                if (reader.TokenType != JsonTokenType.StartObject)
                {
                    var both = JsonSerializer.Deserialize<T>(ref reader, options)!;
                    return new(both, both);
                }

                var sides = JsonSerializer.Deserialize<Sides<T>>(ref reader, options)!;
                return new(sides.Query, sides.Document);
            }
            catch (JsonException exception)
            {
                // A new exception, so that the serializer adds the path of the setting.
                throw new JsonException($"expected one value or {{query, document}}: {exception.Message}", exception);
            }
        }

        public override void Write(Utf8JsonWriter writer, PerSide<T> value, JsonSerializerOptions options)
        {
            if (EqualityComparer<T>.Default.Equals(value.Query, value.Document))
            {
                JsonSerializer.Serialize(writer, value.Query, options);
                return;
            }

            var sides = new Sides<T> { Query = value.Query, Document = value.Document };
            JsonSerializer.Serialize(writer, sides, options);
        }
    }

    private sealed record Sides<T>
    {
        public required T Query { get; init; }

        public required T Document { get; init; }
    }
}
