using System.CommandLine;
using LuceneLsr.Edits;
using LuceneLsr.Evaluation.Rankers;
using LuceneLsr.Tokenization.Terms;

namespace LuceneLsr.Tools.Search.Options;

/// <summary>The option for the file of relevance rules that the commands of "edit" read and write.</summary>
internal sealed class RulesFileOption
{
    private readonly Option<string> _option = new("--rules")
    {
        Description = "File of rules.",
        DefaultValueFactory = _ => "rules.json",
        HelpName = "FILE",
    };

    /// <summary>Adds the option to a command.</summary>
    public RulesFileOption(Command command) => command.Add(_option);

    /// <summary>Gets the path.</summary>
    public string GetPath(ParseResult parsed) => parsed.GetValue(_option)!;

    /// <summary>Loads the rules.</summary>
    public RelevanceRules Load(ParseResult parsed, TermSpace? terms = null) =>
        RelevanceRules.Load(GetPath(parsed), terms is null ? null : terms.GetTextTerms);

    /// <summary>Loads the rules, or starts with none if there is no file.</summary>
    public RelevanceRules LoadOrCreate(ParseResult parsed, TermSpace terms) => File.Exists(GetPath(parsed))
        ? Load(parsed, terms)
        : new RelevanceRules([], SparseIndex.IdField, terms.GetTextTerms);

    /// <summary>Saves the rules.</summary>
    public void Save(ParseResult parsed, RelevanceRules rules) => rules.Save(GetPath(parsed));
}
