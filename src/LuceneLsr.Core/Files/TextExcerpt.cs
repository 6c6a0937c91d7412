namespace LuceneLsr.Files;

/// <summary>Shortens texts that messages and tables quote.</summary>
internal static class TextExcerpt
{
    /// <summary>Returns a text, or its start and "..." if it has more characters than the maximum.</summary>
    public static string Shorten(string text, int maxLength)
    {
        if (text.Length <= maxLength)
        {
            return text;
        }

        var end = char.IsHighSurrogate(text[maxLength - 1]) ? maxLength - 1 : maxLength; // keeps pairs together
        return $"{text.AsSpan(0, end)}...";
    }
}
