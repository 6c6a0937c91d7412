namespace LuceneLsr.Playground.Rules;

/// <summary>The rules have changed since, or their file is broken or cannot be written. Nothing was changed.</summary>
internal sealed class RuleConflictException(string message) : Exception(message);
