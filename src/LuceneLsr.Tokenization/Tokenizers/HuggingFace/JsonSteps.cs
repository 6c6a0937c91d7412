using System.Text.Json;
using LuceneLsr.Files;

namespace LuceneLsr.Tokenization.Tokenizers.HuggingFace;

/// <summary>Reads the steps of a tokenizer's normalizer, pre-tokenizer or post-processor.</summary>
internal static class JsonSteps
{
    /// <summary>Gets the type of a step.</summary>
    /// <param name="node">The step.</param>
    /// <param name="field">The field that contains it.</param>
    public static string GetStepType(this JsonElement node, string field)
    {
        Require.Field(node.ValueKind == JsonValueKind.Object, field, "it must be an object");
        return node.GetText("type");
    }

    /// <summary>Gets the steps of a field: the flattened items of a 'Sequence', or the value itself.</summary>
    /// <param name="node">The field's value.</param>
    /// <param name="field">The field.</param>
    /// <param name="items">The name of the array of steps in a 'Sequence'.</param>
    public static IEnumerable<JsonElement> GetSteps(this JsonElement node, string field, string items) =>
        node.GetStepType(field) == "Sequence"
            ? node.GetItems(items).SelectMany(step => step.GetSteps(field, items))
            : [node];
}
