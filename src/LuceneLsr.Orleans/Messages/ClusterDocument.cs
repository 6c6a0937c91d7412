namespace LuceneLsr.Orleans.Messages;

/// <summary>A document with its vector. It replaces the document with the same id.</summary>
[GenerateSerializer]
[Immutable]
[Alias("LuceneLsr.Orleans.ClusterDocument")]
public sealed class ClusterDocument
{
    [Id(0)]
    private readonly ImpactTerms _impacts;

    [Id(1)]
    private readonly DocumentField[] _fields;

    /// <summary>Creates a document.</summary>
    /// <param name="id">The id, at most 1,000 bytes of UTF-8.</param>
    /// <param name="impacts">The vector as impacts: distinct terms with impacts from 1 to 65,535.</param>
    /// <param name="fields">The stored fields.</param>
    /// <exception cref="ArgumentException">
    /// A part is out of range, not valid Unicode, or too large. The message names it.
    /// </exception>
    public ClusterDocument(string id, IEnumerable<TermImpact> impacts, params IEnumerable<DocumentField> fields)
    {
        ArgumentNullException.ThrowIfNull(id);
        ArgumentNullException.ThrowIfNull(impacts);
        ArgumentNullException.ThrowIfNull(fields);
        Id = id;
        _impacts = new ImpactTerms([.. impacts]);
        _fields = [.. fields];
        DocumentLimits.Check(this);
    }

    /// <summary>Gets the id.</summary>
    [Id(2)]
    public string Id { get; }

    /// <summary>Gets the vector as impacts.</summary>
    public IEnumerable<TermImpact> Impacts => _impacts.Enumerate();

    /// <summary>Gets the stored fields.</summary>
    public IReadOnlyList<DocumentField> Fields => _fields;
}
