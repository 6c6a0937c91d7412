namespace LuceneLsr;

/// <summary>One setting for each side of retrieval.</summary>
/// <param name="Query">The value for queries.</param>
/// <param name="Document">The value for documents.</param>
public sealed record PerSide<T>(T Query, T Document)
{
    /// <summary>The value for a side.</summary>
    public T this[TextSide side] => side == TextSide.Query ? Query : Document;
}

/// <summary>Makes settings for each side.</summary>
public static class PerSide
{
    /// <summary>The same for both sides.</summary>
    public static PerSide<T> Both<T>(T value) => new(value, value);
}
