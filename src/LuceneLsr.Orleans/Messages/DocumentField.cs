namespace LuceneLsr.Orleans.Messages;

/// <summary>A stored field of a document. A document may have several of one name.</summary>
/// <param name="Name">The name of the field.</param>
/// <param name="Value">The value.</param>
/// <param name="IsFilterable">Whether a <see cref="TermFilter"/> finds the document by this exact value.</param>
[GenerateSerializer]
[Immutable]
[Alias("LuceneLsr.Orleans.DocumentField")]
public sealed record DocumentField(
    [property: Id(0)] string Name, [property: Id(1)] string Value, [property: Id(2)] bool IsFilterable = false);
