namespace LuceneLsr.Encoding;

/// <summary>One setting for each side of retrieval.</summary>
/// <param name="Query">The value for queries.</param>
/// <param name="Document">The value for documents.</param>
public sealed record PerSide<T>(T Query, T Document)
{
    /// <summary>The value for a side.</summary>
    public T this[TextSide side] => side == TextSide.Query ? Query : Document;
}
