namespace LuceneLsr.Playground.Searching;

/// <summary>Shortens texts.</summary>
internal static class Snippets
{
    private const int Length = 180;

    /// <summary>Returns the start of a text, cut after a word.</summary>
    public static string Start(string text) => text.Length <= Length
        ? text
        : $"{text[..Math.Max(text.LastIndexOf(' ', Length), Length / 2)]} …";
}
