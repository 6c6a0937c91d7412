using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using LuceneLsr.Files;

namespace LuceneLsr.Torch.Configs;

/// <summary>Reads fields of a <c>config.json</c>. Every error names the field.</summary>
/// <param name="root">The object that has the fields.</param>
/// <param name="prefix">The path of the object in the file, for messages.</param>
internal abstract class ConfigFields(JsonElement root, string prefix)
{
    /// <summary>Gets the path of the object in the file.</summary>
    protected string Prefix => prefix;

    /// <summary>The maximum number of layers. Larger numbers are damage, and would exhaust the memory.</summary>
    protected const int MaxLayers = 10_000;

    protected int ReadInteger(string name, int? defaultValue = null, int min = 1, int max = int.MaxValue)
    {
        if (Find(name) is not { } field)
        {
            return defaultValue ?? throw new InvalidDataException($"field '{prefix}{name}' is missing.");
        }

        Check(field.ValueKind == JsonValueKind.Number && field.TryGetInt32(out var value) && value >= min && value <= max,
            name, $"it must be a whole number of at least {min}{(max < int.MaxValue ? $" and at most {max}" : "")}");
        return field.GetInt32();
    }

    protected double ReadNumber(string name, double? defaultValue = null)
    {
        if (Find(name) is not { } field)
        {
            return defaultValue ?? throw new InvalidDataException($"field '{prefix}{name}' is missing.");
        }

        Check(field.ValueKind == JsonValueKind.Number && field.GetDouble() is > 0 and < double.PositiveInfinity, name,
            "it must be a finite number above zero");
        return field.GetDouble();
    }

    protected bool ReadBoolean(string name, bool defaultValue = false)
    {
        Expect(name, value => value is null or "true" or "false", "it must be true or false");
        return Find(name)?.GetBoolean() ?? defaultValue;
    }

    protected JsonElement? Find(string name) => root.GetOptional(name);

    protected bool IsNull(string name) =>
        root.TryGetProperty(name, out var field) && field.ValueKind == JsonValueKind.Null;

    // Checks a field's raw JSON, null if the field is missing.
    protected void Expect(string name, Func<string?, bool> isAllowed, string rule) =>
        Check(isAllowed(Find(name)?.GetRawText()), name, rule);

    protected void Check([DoesNotReturnIf(false)] bool holds, string name, string rule) =>
        Require.Field(holds, $"{prefix}{name}", Find(name)?.GetRawText(), rule);
}
