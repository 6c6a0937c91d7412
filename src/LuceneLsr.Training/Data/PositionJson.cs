using System.Text.Json;

namespace LuceneLsr.Training.Data;

/// <summary>Options for reading data positions from JSON. All properties are required, and none may be null.</summary>
internal static class PositionJson
{
    public static readonly JsonSerializerOptions Options = new()
    {
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
    };
}
