using System.Globalization;
using Lucene.Net.Index;
using Lucene.Net.Search;
using LuceneLsr.Edits;
using LuceneLsr.Postings;
using LuceneLsr.Similarities;

namespace LuceneLsr.Search;

/// <summary>Explains the scores of an <see cref="ImpactQuery"/> in a segment, with the rules that changed them.</summary>
/// <param name="query">The query.</param>
/// <param name="boost">Factor on the impact of every term.</param>
/// <param name="reader">The segment.</param>
internal sealed class ImpactExplainer(ImpactQuery query, float boost, AtomicReader reader)
{
    private readonly SegmentPostings _segment = new(reader, query.Field, cache: null);
    private readonly Dictionary<string, QueryEdit> _edits =
        query.Edits.ToDictionary(edit => edit.Term, StringComparer.Ordinal);

    public Explanation Explain(int document)
    {
        var products = new List<Explanation>();
        var notes = new List<Explanation>(); // of what rules removed
        var removed = query.Edits.Where(edit => edit.After == 0).Select(edit => new TermImpact(edit.Term, 0));
        foreach (var (text, weight) in query.Terms.Concat(removed))
        {
            var term = new Term(query.Field, text);
            var (impact, impactNote) = FindImpact(term, document);
            var weightNote = _edits.TryGetValue(text, out var edit) ? Describe(edit.Before, edit.After, edit.Rules) : "";
            if (weight > 0 && impact > 0)
            {
                products.Add(ImpactSimilarity.ExplainProduct(
                    term.ToString(), weight * boost, impact, weightNote, impactNote));
            }
            else if (impact > 0)
            {
                notes.Add(new Explanation(0, $"impact score of {term}, query weight{weightNote}"));
            }
            else if (impactNote.Length > 0)
            {
                notes.Add(new Explanation(0, $"impact score of {term}, impact{impactNote}"));
            }
        }

        return Explanations.Sum(products, "no matching term", notes);
    }

    private (int Impact, string Note) FindImpact(Term term, int document)
    {
        if (reader.LiveDocs?.Get(document) == false)
        {
            return (0, "");
        }

        return query.Rules?.Documents.Find(reader, term) is { } edits && edits.Find(document) is >= 0 and var edit
            ? (edits.Impacts[edit], Describe(edits.Stored[edit], edits.Impacts[edit], edits.Rules[edit]))
            : (FindStoredImpact(term, document), "");
    }

    private int FindStoredImpact(Term term, int document) =>
        _segment.TrySeek(term)?.Docs(liveDocs: null, reuse: null, DocsFlags.FREQS) is { } docs
        && docs.Advance(document) == document
            ? docs.Freq
            : 0;

    private static string Describe(int before, int after, IEnumerable<RelevanceRule> rules) => string.Create(
        CultureInfo.InvariantCulture,
        $", {before} edited to {after} by {string.Join(" and ", rules.Select(rule => $"{rule.Id} ({rule.Effect})"))}");
}
