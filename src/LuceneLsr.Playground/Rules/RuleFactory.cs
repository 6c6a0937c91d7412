using System.ComponentModel.DataAnnotations;
using System.Globalization;
using LuceneLsr.Edits;
using LuceneLsr.Playground.Messages;

namespace LuceneLsr.Playground.Rules;

/// <summary>Creates rules from drafts.</summary>
/// <param name="getTextTerms">Returns the index terms of the words of a text.</param>
internal sealed class RuleFactory(Func<string, IEnumerable<string>> getTextTerms)
{
    /// <summary>Creates a rule with an id that is not in use.</summary>
    /// <exception cref="ValidationException">The draft is not complete. The message names the field.</exception>
    public RelevanceRule Create(RuleDraft draft, RelevanceRules existing)
    {
        if (string.IsNullOrWhiteSpace(draft.Query) == string.IsNullOrWhiteSpace(draft.Document))
        {
            throw new ValidationException("A rule needs either query or document. Give one of them.");
        }

        return draft.Document is { Length: > 0 } document
            ? CreateDocumentRule(draft, document, existing)
            : CreateQueryRule(draft, existing);
    }

    private QueryRule CreateQueryRule(RuleDraft draft, RelevanceRules existing) => new()
    {
        Id = FindFreeId(existing),
        QueryTerms = getTextTerms(draft.Query!).Distinct(StringComparer.Ordinal).ToList() is { Count: > 0 } terms
            ? terms
            : throw new ValidationException("query has no word. Give a word that the query must contain."),
        QueryText = draft.Query,
        Term = FindTerm(draft),
        Word = draft.Word,
        Factor = draft.Factor,
        Impact = draft.Impact,
        Note = draft.Note,
    };

    private DocumentRule CreateDocumentRule(RuleDraft draft, string document, RelevanceRules existing) => new()
    {
        Id = FindFreeId(existing),
        DocumentId = document,
        Term = FindTerm(draft),
        Word = draft.Word,
        Impact = draft.Factor is not null
            ? throw new ValidationException("A rule on a document has no factor. Give an impact.")
            : draft.Impact ?? throw new ValidationException("impact is missing. Give the impact to add."),
        Note = draft.Note,
    };

    private string FindTerm(RuleDraft draft) =>
        draft.Term is { Length: > 0 } term ? term
        : draft.Word is null ? throw new ValidationException("A rule needs a term or a word. Give one of them.")
        : getTextTerms(draft.Word).Distinct(StringComparer.Ordinal).ToList() is [var only] ? only
        : throw new ValidationException($"word '{draft.Word}' is not one word. Give a single word.");

    private static string FindFreeId(RelevanceRules existing) => Enumerable.Range(1, existing.Rules.Count + 1)
        .Select(number => string.Create(CultureInfo.InvariantCulture, $"rule-{number}"))
        .First(id => existing.Rules.All(rule => rule.Id != id));
}
