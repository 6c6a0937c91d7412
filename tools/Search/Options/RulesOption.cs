using System.CommandLine;
using LuceneLsr.Edits;
using LuceneLsr.Evaluation.Rankers;
using LuceneLsr.Tokenization.Terms;
using Spectre.Console;

namespace LuceneLsr.Tools.Search.Options;

/// <summary>The option for a file of relevance rules.</summary>
internal sealed class RulesOption
{
    private readonly Option<string?> _option;

    private RulesOption(Command command, string description, string? file = null)
    {
        _option = new("--rules") { Description = description, HelpName = "FILE" };
        if (file is not null)
        {
            _option.DefaultValueFactory = _ => file;
        }

        command.Add(_option);
    }

    /// <summary>Adds the option to a command that searches.</summary>
    public static RulesOption CreateForSearch(Command command) =>
        new(command, "Apply the rules of a file of 'lsr-search edit'.");

    /// <summary>Adds the option to the playground.</summary>
    public static RulesOption CreateForPlayground(Command command) => new(
        command, "File of relevance rules, which the page edits. It need not exist (default in memory).");

    /// <summary>Adds the option to a command of "edit", which always has a file.</summary>
    public static RulesOption CreateForEditing(Command command) => new(command, "File of rules.", "rules.json");

    /// <summary>Gets the path, or null if there is none.</summary>
    public string? GetPath(ParseResult parsed) => parsed.GetValue(_option);

    /// <summary>Loads the rules of the file, which must be given.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">
    /// The file is not valid, or for indexes with another field of ids.
    /// </exception>
    public RelevanceRules Load(ParseResult parsed, TermSpace? terms = null)
    {
        var path = GetPath(parsed)!;
        if (!File.Exists(path))
        {
            throw new FileNotFoundException(
                $"{path}: file not found. Correct {_option.Name}, or create the file with 'lsr-search edit add'.");
        }

        var rules = RelevanceRules.Load(path, terms is null ? null : terms.GetTextTerms);
        return rules.IdField == SparseIndex.IdField ? rules : throw new InvalidDataException(
            $"{path}: id_field is '{rules.IdField}', but lsr-search has the ids of documents in the field "
            + $"'{SparseIndex.IdField}'. Change id_field, or use the rules in the application that they are for.");
    }

    /// <summary>Loads the rules to search with, or returns null if no file is given.</summary>
    public RelevanceRules? LoadIfGiven(ParseResult parsed, string checkpoint) =>
        GetPath(parsed) is null ? null : LoadForSearch(parsed, TermSpace.Load(checkpoint));

    /// <summary>Loads the rules of the file, and warns about those that have no effect on an index.</summary>
    public RelevanceRules LoadForSearch(ParseResult parsed, TermSpace terms)
    {
        var rules = Load(parsed, terms);
        WarnAboutFields(rules);
        return rules;
    }

    /// <summary>Loads the rules, or returns null if there is no file.</summary>
    public RelevanceRules? LoadIfExists(ParseResult parsed, TermSpace terms) =>
        File.Exists(GetPath(parsed)) ? Load(parsed, terms) : null;

    /// <summary>Warns about rules for fields that indexes of lsr-search do not have.</summary>
    public static void WarnAboutFields(RelevanceRules rules)
    {
        foreach (var problem in rules.Rules.Where(rule => rule.IsEnabled)
            .Select(SparseIndex.FindFieldProblem).OfType<string>())
        {
            AnsiConsole.MarkupLineInterpolated($"[yellow]{problem}[/]");
        }
    }

    /// <summary>Saves the rules.</summary>
    public void Save(ParseResult parsed, RelevanceRules rules) => rules.Save(GetPath(parsed)!);
}
