using LuceneLsr.Edits;
using LuceneLsr.Evaluation.Collections;

namespace LuceneLsr.Evaluation.Supervision;

/// <summary>
/// Turns the rules of people into training data: the weights that the edited vectors of queries and documents have. An
/// encoder that is trained with them no longer needs the rules.
/// </summary>
/// <param name="rules">The rules.</param>
/// <param name="field">The learned field.</param>
/// <param name="encoder">The encoder, whose vectors are edited.</param>
/// <param name="scale">The scale of the field.</param>
/// <param name="trainable">
/// The terms whose weights can be trained, those of the model's head; others are left out.
/// </param>
public sealed class EditSupervision(
    RelevanceRules rules, string field, ISparseEncoder encoder, ImpactScale scale, IReadOnlySet<string> trainable)
{
    private readonly RelevanceRules _rules = rules ?? throw new ArgumentNullException(nameof(rules));
    private readonly string _field = field ?? throw new ArgumentNullException(nameof(field));
    private readonly ISparseEncoder _encoder = encoder ?? throw new ArgumentNullException(nameof(encoder));
    private readonly ImpactScale _scale = scale ?? throw new ArgumentNullException(nameof(scale));
    private readonly IReadOnlySet<string> _trainable = trainable ?? throw new ArgumentNullException(nameof(trainable));

    /// <summary>
    /// Creates the targets of texts that rules change: the words of the rules themselves, and other queries.
    /// </summary>
    /// <param name="queries">The texts of judged or logged queries.</param>
    /// <param name="cancellationToken">Cancels the encoding.</param>
    public IEnumerable<TermTargets> CreateQueryTargets(
        IEnumerable<string> queries, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(queries);
        var conditions = _rules.Rules.OfType<QueryRule>().Where(rule => rule.IsEnabled && rule.AppliesTo(_field))
            .Select(rule => rule.QueryText ?? string.Join(' ', rule.QueryTerms));
        foreach (var text in conditions.Concat(queries).Distinct(StringComparer.Ordinal))
        {
            var impacts = _scale.Quantize(_encoder.Encode(text, TextSide.Query, cancellationToken));
            var edits = _rules.EditQuery(_field, text, impacts).Edits;
            if (TryCreate(TextSide.Query, text, edits.Select(edit => (edit.Term, edit.After))) is { } targets)
            {
                yield return targets;
            }
        }
    }

    /// <summary>Creates the targets of documents that rules change.</summary>
    /// <param name="documents">The documents; those without rules are skipped.</param>
    /// <param name="cancellationToken">Cancels the encoding.</param>
    public IEnumerable<TermTargets> CreateDocumentTargets(
        IEnumerable<BeirDocument> documents, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(documents);
        var edited = _rules.Rules.OfType<DocumentRule>().Where(rule => rule.IsEnabled && rule.AppliesTo(_field))
            .ToLookup(rule => rule.DocumentId, rule => rule.Term, StringComparer.Ordinal);
        foreach (var document in documents.Where(document => edited.Contains(document.Id)))
        {
            var vector = _encoder.Encode(document.Contents, TextSide.Document, cancellationToken);
            var impacts = _scale.Quantize(_rules.EditDocument(_field, document.Id, vector, _scale))
                .ToDictionary(term => term.Term, term => term.Impact, StringComparer.Ordinal);
            var terms = edited[document.Id].Distinct(StringComparer.Ordinal)
                .Select(term => (term, impacts.GetValueOrDefault(term)));
            if (TryCreate(TextSide.Document, document.Contents, terms) is { } targets)
            {
                yield return targets;
            }
        }
    }

    private TermTargets? TryCreate(TextSide side, string text, IEnumerable<(string Term, int Impact)> terms)
    {
        var targets = terms.Where(term => _trainable.Contains(term.Term))
            .ToDictionary(term => term.Term, term => term.Impact / _scale.Factor, StringComparer.Ordinal);
        return targets.Count > 0 ? new TermTargets(side, text, targets) : null;
    }
}
