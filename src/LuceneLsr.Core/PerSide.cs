using System.Diagnostics;

namespace LuceneLsr;

/// <summary>A setting with one value per side of retrieval.</summary>
/// <param name="Query">The value for queries.</param>
/// <param name="Document">The value for documents.</param>
public sealed record PerSide<T>(T Query, T Document)
{
    /// <summary>Gets the value for a side.</summary>
    public T this[TextSide side] => side switch
    {
        TextSide.Query => Query,
        TextSide.Document => Document,
        _ => throw new UnreachableException(),
    };
}

/// <summary>Creates settings with one value per side.</summary>
public static class PerSide
{
    /// <summary>Creates a setting with the same value for both sides.</summary>
    public static PerSide<T> Both<T>(T value) => new(value, value);
}
