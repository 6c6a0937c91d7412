namespace LuceneLsr;

/// <summary>
/// The side of retrieval on which a text stands. Encoders may treat the two differently (prefix, length, pruning).
/// </summary>
public enum TextSide
{
    /// <summary>A search request.</summary>
    Query,

    /// <summary>A text to be found.</summary>
    Document,
}
