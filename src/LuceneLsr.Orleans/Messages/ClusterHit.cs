namespace LuceneLsr.Orleans.Messages;

/// <summary>A document that a query found.</summary>
/// <param name="Id">The id of the document.</param>
/// <param name="Score">The sum over the terms of query impact x document impact.</param>
/// <param name="Fields">The stored fields that the query asked for.</param>
[GenerateSerializer]
[Immutable]
[Alias("LuceneLsr.Orleans.ClusterHit")]
public sealed record ClusterHit(
    [property: Id(0)] string Id, [property: Id(1)] float Score, [property: Id(2)] IReadOnlyList<DocumentField> Fields)
{
    /// <summary>Returns the first value of a field, or null.</summary>
    public string? Get(string field) => Fields.FirstOrDefault(candidate => candidate.Name == field)?.Value;
}
