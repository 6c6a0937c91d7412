using System.Text.Json;
using System.Text.Json.Nodes;

namespace LuceneLsr.Training.Data;

/// <summary>Reads data positions from JSON. All properties are required, and none may be null.</summary>
internal static class PositionJson
{
    /// <summary>
    /// The largest number of texts or pairs that a run can have read. More are the mark of a damaged position, which
    /// would take days to return to.
    /// </summary>
    public const long MaxCount = 1L << 32;

    private static readonly JsonSerializerOptions Options = new()
    {
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
    };

    /// <summary>Reads an object.</summary>
    /// <exception cref="JsonException">The node is not such an object.</exception>
    public static T Parse<T>(JsonNode node)
        where T : class
    {
        try
        {
            return node.Deserialize<T>(Options)!;
        }
        catch (InvalidOperationException exception) // lone surrogates
        {
            throw new JsonException(exception.Message, exception);
        }
    }
}
