namespace LuceneLsr.Evaluation.Collections;

/// <summary>A document of a corpus.</summary>
/// <param name="Id">The id, unique in the corpus.</param>
/// <param name="Title">The title; may be empty.</param>
/// <param name="Text">The body.</param>
public sealed record BeirDocument(string Id, string Title, string Text)
{
    /// <summary>Gets the text to search: title and body joined by a space.</summary>
    public string Contents => Title.Length == 0 ? Text : $"{Title} {Text}";
}
