namespace LuceneLsr.Orleans.Messages;

/// <summary>A search of one shard.</summary>
[GenerateSerializer]
[Immutable]
[Alias("LuceneLsr.Orleans.ShardQuery")]
internal sealed record ShardQuery
{
    /// <summary>Gets the terms of the query.</summary>
    [Id(0)]
    public required ImpactTerms Terms { get; init; }

    /// <summary>Gets the number of hits.</summary>
    [Id(1)]
    public required int Top { get; init; }

    /// <summary>Gets the filters, which must all accept a document.</summary>
    [Id(2)]
    public required TermFilter[] Filters { get; init; }

    /// <summary>Gets the names of the fields to load, or null for all.</summary>
    [Id(3)]
    public required string[]? FieldNames { get; init; }

    /// <summary>Gets the batch that the answer must include.</summary>
    [Id(4)]
    public required long MinSequence { get; init; }

    /// <summary>Gets the time for the answer from its arrival on; clocks of machines are never compared.</summary>
    [Id(5)]
    public required TimeSpan Time { get; init; }
}
