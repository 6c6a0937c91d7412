using System.Text.Json;

namespace LuceneLsr.Training.Data;

/// <summary>How data positions are read from JSON: every property must be present, and none may be null.</summary>
internal static class PositionJson
{
    public static readonly JsonSerializerOptions Options = new()
    {
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
    };
}
