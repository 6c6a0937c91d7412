namespace LuceneLsr.Edits;

/// <summary>The terms of a query after its rules.</summary>
/// <param name="Impacts">The terms and impacts to search for.</param>
/// <param name="Edits">The terms that changed; empty if no rule applies.</param>
public sealed record EditedQuery(IReadOnlyList<TermImpact> Impacts, IReadOnlyList<QueryEdit> Edits);
