namespace LuceneLsr;

/// <summary>A term and its learned weight.</summary>
/// <param name="Term">The index term.</param>
/// <param name="Weight">The weight, finite and greater than 0.</param>
public readonly record struct TermWeight(string Term, float Weight);
