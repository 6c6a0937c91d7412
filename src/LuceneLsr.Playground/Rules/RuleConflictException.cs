namespace LuceneLsr.Playground.Rules;

/// <summary>The rules changed meanwhile, or their file is broken. Nothing was changed.</summary>
internal sealed class RuleConflictException(string message) : Exception(message);
