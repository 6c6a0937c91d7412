namespace LuceneLsr.Playground.Messages;

/// <summary>Limits on what a request may ask for, so that one request cannot occupy the server.</summary>
internal static class Limits
{
    /// <summary>The maximum number of characters of a query.</summary>
    public const int TextLength = 2_000;

    /// <summary>The maximum number of characters of a document's id.</summary>
    public const int IdLength = 512;

    /// <summary>The maximum number of characters of a term.</summary>
    public const int TermLength = 200;

    /// <summary>The maximum number of explicit query terms.</summary>
    public const int Terms = 500;

    /// <summary>The maximum number of hits per ranking.</summary>
    public const int Count = 100;

    /// <summary>The maximum number of documents whose passages are found at once.</summary>
    public const int Passages = 20;

    /// <summary>The maximum number of documents and of terms of the feedback.</summary>
    public const int Feedback = 100;
}
