using System.ComponentModel.DataAnnotations;
using LuceneLsr.Edits;
using LuceneLsr.Playground.Messages;
using LuceneLsr.Playground.Rules;

namespace LuceneLsr.Playground.Searching;

/// <summary>Lists, tries and changes the rules.</summary>
/// <param name="book">The rules.</param>
/// <param name="documents">The documents that a rule may name.</param>
/// <param name="trials">Compares the judged queries, or null if there are none.</param>
internal sealed class RuleEditor(
    RuleBook book, StoredDocuments documents, RuleTrials? trials)
{
    /// <summary>Lists the rules.</summary>
    public RulesAnswer List()
    {
        var current = book.Read();
        return new(
            current.Version, book.FileName, current.Problem, book.CanUndo,
            [.. current.Rules.Rules.Select(RuleView.Create)]);
    }

    /// <summary>Compares the judged queries without and with a rule. Nothing is changed.</summary>
    /// <exception cref="ValidationException">The rule is not valid.</exception>
    public Trial Try(RuleDraft draft, CancellationToken cancellationToken = default)
    {
        var before = book.Read().Rules;
        var after = RuleBook.Apply(rules => rules.Add(CreateRule(draft, rules)), before);
        return new(
            RuleView.Create(after.Rules[^1]), trials?.QueryCount ?? 0,
            trials?.Compare(before, after, cancellationToken) ?? []);
    }

    /// <summary>Adds a rule.</summary>
    /// <exception cref="ValidationException">The rule is not valid.</exception>
    /// <exception cref="RuleConflictException">The rules have changed since, or their file is broken.</exception>
    public RulesAnswer Add(AddRuleRequest request) =>
        Change(request.Version, rules => rules.Add(CreateRule(request.Rule, rules)));

    /// <summary>Changes the rules.</summary>
    /// <exception cref="RuleConflictException">The rules have changed since, or their file is broken.</exception>
    public RulesAnswer Change(string version, Func<RelevanceRules, RelevanceRules> change)
    {
        book.Change(version, change);
        return List();
    }

    /// <summary>Undoes the last change of the rules.</summary>
    /// <exception cref="RuleConflictException">The rules have changed since, or there is nothing to undo.</exception>
    public RulesAnswer Undo(string version)
    {
        book.Undo(version);
        return List();
    }

    private RelevanceRule CreateRule(RuleDraft draft, RelevanceRules existing) =>
        RuleFactory.Create(draft, existing) is var rule
        && rule is DocumentRule { DocumentId: var id } && documents.Find(id) is null
            ? throw new ValidationException(StoredDocuments.DescribeUnknown(id))
            : rule;
}
