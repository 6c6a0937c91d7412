using LuceneLsr.Files;

namespace LuceneLsr.Training.Data;

/// <summary>Parses lines of tab-separated fields.</summary>
internal static class TabSeparatedFields
{
    /// <summary>Splits a line into the named fields.</summary>
    /// <exception cref="InvalidDataException">The number of fields differs, or a field is blank.</exception>
    public static string[] Parse(TextLine line, params ReadOnlySpan<string> names)
    {
        var fields = line.Text.Split('\t');
        if (fields.Length != names.Length)
        {
            throw line.CreateError($"found {fields.Length} tab-separated fields, expected {names.Length}: "
                + $"{string.Join(", ", names)}.");
        }

        var blank = Array.FindIndex(fields, string.IsNullOrWhiteSpace);
        return blank < 0
            ? fields
            : throw line.CreateError($"{names[blank]} is blank. Fill it in, or remove the line.");
    }
}
