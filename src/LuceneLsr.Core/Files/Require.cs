using System.Diagnostics.CodeAnalysis;

namespace LuceneLsr.Files;

/// <summary>Checks rules and throws an exception whose message states the broken rule.</summary>
internal static class Require
{
    /// <summary>Checks a rule about an argument.</summary>
    /// <exception cref="ArgumentException">The condition is false.</exception>
    public static void Argument([DoesNotReturnIf(false)] bool condition, string message)
    {
        if (!condition)
        {
            throw new ArgumentException($"{message}.");
        }
    }

    /// <summary>Checks a rule about the contents of a file.</summary>
    /// <exception cref="InvalidDataException">The condition is false.</exception>
    public static void Data([DoesNotReturnIf(false)] bool condition, string message)
    {
        if (!condition)
        {
            throw new InvalidDataException($"{message}.");
        }
    }

    /// <summary>Checks a rule about a field of a file.</summary>
    /// <exception cref="InvalidDataException">The condition is false. The message names the field.</exception>
    public static void Field([DoesNotReturnIf(false)] bool condition, string field, string rule) =>
        Data(condition, $"field '{field}': {rule}");

    /// <summary>Checks a rule about the value of a field of a file.</summary>
    /// <exception cref="InvalidDataException">
    /// The condition is false. The message names the field and quotes its value.
    /// </exception>
    public static void Field([DoesNotReturnIf(false)] bool condition, string field, object? value, string rule) =>
        Data(condition, $"field '{field}' is {value ?? "missing"}: {rule}");
}
