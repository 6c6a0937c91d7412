using System.ComponentModel.DataAnnotations;
using System.Globalization;
using LuceneLsr.Edits;
using LuceneLsr.Playground.Messages;

namespace LuceneLsr.Playground.Rules;

/// <summary>Creates rules from drafts.</summary>
internal static class RuleFactory
{
    /// <summary>Creates a rule with an id that is not in use.</summary>
    /// <exception cref="ValidationException">The draft is not complete. The message names the field.</exception>
    /// <exception cref="ArgumentException">The words have no index terms. The message names the field.</exception>
    public static RelevanceRule Create(RuleDraft draft, RelevanceRules existing)
    {
        if (string.IsNullOrWhiteSpace(draft.Query) == string.IsNullOrWhiteSpace(draft.Document))
        {
            throw new ValidationException("A rule needs either query or document. Give one of them.");
        }

        return draft.Document is { Length: > 0 } document
            ? CreateDocumentRule(draft, document, existing)
            : CreateQueryRule(draft, existing);
    }

    private static QueryRule CreateQueryRule(RuleDraft draft, RelevanceRules existing) => new()
    {
        Id = FindFreeId(existing),
        QueryTerms = existing.FindQueryTerms(draft.Query!),
        QueryText = draft.Query,
        Term = FindTerm(draft, existing),
        Word = draft.Word,
        Factor = draft.Factor,
        Impact = draft.Impact,
        Note = draft.Note,
    };

    private static DocumentRule CreateDocumentRule(RuleDraft draft, string document, RelevanceRules existing) => new()
    {
        Id = FindFreeId(existing),
        DocumentId = document,
        Term = FindTerm(draft, existing),
        Word = draft.Word,
        Impact = draft.Factor is not null
            ? throw new ValidationException("A rule on a document has no factor. Give an impact.")
            : draft.Impact ?? throw new ValidationException("impact is missing. Give the impact to add."),
        Note = draft.Note,
    };

    private static string FindTerm(RuleDraft draft, RelevanceRules existing) =>
        draft.Term is { Length: > 0 } term ? term
        : draft.Word is { } word ? existing.FindTerm(word)
        : throw new ValidationException("A rule needs a term or a word. Give one of them.");

    private static string FindFreeId(RelevanceRules existing) => Enumerable.Range(1, existing.Rules.Count + 1)
        .Select(number => string.Create(CultureInfo.InvariantCulture, $"rule-{number}"))
        .First(id => existing.Rules.All(rule => rule.Id != id));
}
