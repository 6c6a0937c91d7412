namespace LuceneLsr.Evaluation.Collections;

/// <summary>A document of a corpus.</summary>
/// <param name="Id">Unique in its corpus.</param>
/// <param name="Title">Empty where there is none.</param>
/// <param name="Text">The body.</param>
public sealed record BeirDocument(string Id, string Title, string Text)
{
    /// <summary>What is searched: title and text joined by a space.</summary>
    public string Contents => Title.Length == 0 ? Text : $"{Title} {Text}";
}
