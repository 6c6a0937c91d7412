namespace LuceneLsr.Documentation.Tests.Pages;

/// <summary>A fenced code block.</summary>
/// <param name="Language">The word after the fence, such as "csharp".</param>
/// <param name="Code">The lines between the fences.</param>
internal sealed record CodeBlock(string Language, string Code);
