namespace LuceneLsr;

/// <summary>A term and its impact, the quantized weight.</summary>
/// <param name="Term">The index term.</param>
/// <param name="Impact">The impact, at least 1.</param>
public readonly record struct TermImpact(string Term, int Impact);
