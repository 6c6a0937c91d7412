using System.Diagnostics.CodeAnalysis;

namespace LuceneLsr.Tokenization.Tokenizers;

/// <summary>A field of a tokenizer's file.</summary>
internal static class FileField
{
    /// <summary>Refuses a field by its name.</summary>
    /// <exception cref="FormatException">The rule does not hold.</exception>
    public static void Expect([DoesNotReturnIf(false)] bool holds, string field, string rule)
    {
        if (!holds)
        {
            throw new FormatException($"field '{field}': {rule}.");
        }
    }
}
