using LuceneLsr.Edits;

namespace LuceneLsr.Playground.Rules;

/// <summary>A state of the rules.</summary>
/// <param name="Rules">The rules.</param>
/// <param name="Version">Identifies the state.</param>
/// <param name="Problem">Why the file could not be read since, or null.</param>
internal sealed record RuleSet(RelevanceRules Rules, string Version, string? Problem = null);
