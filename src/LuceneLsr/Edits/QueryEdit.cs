namespace LuceneLsr.Edits;

/// <summary>What rules did to a term of a query.</summary>
/// <param name="Term">The term.</param>
/// <param name="Before">Its impact in the expansion, 0 if the expansion lacks it.</param>
/// <param name="After">Its edited impact, 0 if it is removed.</param>
/// <param name="Rules">The rules.</param>
public sealed record QueryEdit(string Term, int Before, int After, IReadOnlyList<QueryRule> Rules);
