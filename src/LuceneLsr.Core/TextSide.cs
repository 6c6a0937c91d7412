namespace LuceneLsr;

/// <summary>
/// The side of retrieval that a text belongs to. Encoders may treat the sides differently, for example in prefix,
/// length and pruning.
/// </summary>
public enum TextSide
{
    /// <summary>A search request.</summary>
    Query,

    /// <summary>A text to search for.</summary>
    Document,
}
