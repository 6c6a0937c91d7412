using LuceneLsr.Evaluation.Collections;
using LuceneLsr.Files;

namespace LuceneLsr.Training.Data;

/// <summary>Reads lines of fields between tabs.</summary>
internal static class TabbedFields
{
    /// <summary>The fields of a line, as many as there are names.</summary>
    /// <exception cref="InvalidDataException">There are more or fewer, or one is blank.</exception>
    public static string[] Parse(TextLine line, params ReadOnlySpan<string> names)
    {
        var fields = line.Text.Split('\t');
        if (fields.Length != names.Length)
        {
            throw line.CreateError($"{string.Join(", ", names)} are expected, with a tab between each two; the line has"
                + $" {fields.Length - 1} tabs.");
        }

        var blank = Array.FindIndex(fields, string.IsNullOrWhiteSpace);
        return blank < 0 ? fields : throw line.CreateError($"{names[blank]} is blank; fill it in or drop the line.");
    }
}
