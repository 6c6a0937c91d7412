using System.Text.Json;
using LuceneLsr.Files;
using LuceneLsr.Tokenization.Settings;

namespace LuceneLsr.Tokenization.Layouts;

/// <summary>How a public model turns logits into weights (sentence-transformers' <c>SpladePooling</c>).</summary>
/// <param name="Pooling">How logits are pooled. Its sum is of saturated logits.</param>
/// <param name="Saturation">The saturation: <c>log1p_relu</c> is saturated once more.</param>
internal sealed record SpladePooling(TermPooling Pooling = TermPooling.Max, Saturation Saturation = Saturation.Log)
{
    /// <summary>Reads the <c>config.json</c> of the module.</summary>
    /// <exception cref="CheckpointException">The file is missing or malformed, or has an unsupported value.</exception>
    public static SpladePooling Read(string path)
    {
        CheckpointFile.RequireExists(path, "modules.json names the module.");
        return CheckpointFile.ReadJson(path, config => new SpladePooling(
            Choose(config, "pooling_strategy", ("max", TermPooling.Max), ("sum", TermPooling.SaturatedSum)),
            Choose(config, "activation_function", ("relu", Saturation.Log), ("log1p_relu", Saturation.LogLog))));
    }

    // The first choice is the default of a missing field.
    private static T Choose<T>(JsonElement config, string field, params ReadOnlySpan<(string Name, T Value)> choices)
    {
        Require.Data(config.ValueKind == JsonValueKind.Object, "expected a JSON object");
        var name = config.GetOptional(field) is null ? choices[0].Name : config.GetText(field);
        foreach (var choice in choices)
        {
            if (choice.Name == name)
            {
                return choice.Value;
            }
        }

        throw new InvalidDataException(
            $"field '{field}' is '{name}': only "
            + $"{string.Join(" and ", choices.ToArray().Select(choice => choice.Name))} are supported.");
    }
}
