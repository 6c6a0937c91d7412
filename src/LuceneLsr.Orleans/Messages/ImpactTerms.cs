namespace LuceneLsr.Orleans.Messages;

/// <summary>Terms and their impacts, in a compact form for messages and logs.</summary>
[GenerateSerializer]
[Immutable]
[Alias("LuceneLsr.Orleans.ImpactTerms")]
internal sealed class ImpactTerms(IReadOnlyCollection<TermImpact> impacts)
{
    [Id(0)]
    private readonly string[] _terms = [.. impacts.Select(impact => impact.Term)];

    [Id(1)]
    private readonly int[] _impacts = [.. impacts.Select(impact => impact.Impact)];

    /// <summary>Gets the number of terms.</summary>
    public int Count => _terms.Length;

    /// <summary>Returns the terms with their impacts.</summary>
    public IEnumerable<TermImpact> Enumerate() => _terms.Zip(_impacts, (term, impact) => new TermImpact(term, impact));
}
