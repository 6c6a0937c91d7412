using System.CommandLine;
using LuceneLsr.Edits;
using LuceneLsr.Tokenization.Terms;

namespace LuceneLsr.Tools.Search.Options;

/// <summary>The option for a file of relevance rules.</summary>
internal sealed class RulesOption
{
    private readonly Option<string?> _option = new("--rules")
    {
        Description = "Apply the rules of a file of 'lsr-search edit'.",
        HelpName = "FILE",
    };

    /// <summary>Adds the option to a command.</summary>
    public RulesOption(Command command) => command.Add(_option);

    /// <summary>Loads the rules, or returns null if there are none.</summary>
    public RelevanceRules? Load(ParseResult parsed, string checkpoint) => parsed.GetValue(_option) is { } path
        ? RelevanceRules.Load(path, TermSpace.Load(checkpoint).GetTextTerms)
        : null;
}
