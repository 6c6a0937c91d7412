using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Lucene.Net.Index;
using Lucene.Net.Search;
using LuceneLsr.Postings;

namespace LuceneLsr.Edits;

/// <summary>
/// The rules on documents as an overlay over the postings of an index. The documents of a term's rules are looked up
/// by id on the first query for the term in a segment. Readers that share a segment share the result, because postings
/// and ids never change in a segment; deletions are left to the search.
/// </summary>
internal sealed class DocumentEdits(IEnumerable<DocumentRule> rules, string idField)
{
    private readonly ILookup<string, DocumentRule> _byTerm = rules.ToLookup(rule => rule.Term, StringComparer.Ordinal);
    private readonly ILookup<string, DocumentRule> _byDocument =
        rules.ToLookup(rule => rule.DocumentId, StringComparer.Ordinal);

    private readonly ConditionalWeakTable<object, ConcurrentDictionary<Term, EditedPostings?>> _segments = [];

    /// <summary>Returns the rules on a term.</summary>
    public IEnumerable<DocumentRule> GetRules(string field, string term) =>
        _byTerm[term].Where(rule => rule.AppliesTo(field));

    /// <summary>Returns the terms that rules change.</summary>
    public IEnumerable<string> GetTerms(string field) =>
        _byTerm.Where(rules => rules.Any(rule => rule.AppliesTo(field))).Select(rules => rules.Key);

    /// <summary>Returns the rules on the terms of a document, by term.</summary>
    public ILookup<string, DocumentRule> GetDocumentRules(string field, string documentId) =>
        _byDocument[documentId].Where(rule => rule.AppliesTo(field))
            .ToLookup(rule => rule.Term, StringComparer.Ordinal);

    /// <summary>Applies rules to an impact.</summary>
    /// <param name="impact">The stored impact, 0 for none.</param>
    /// <param name="rules">The rules on the term in the document.</param>
    public static int Apply(int impact, IEnumerable<DocumentRule> rules) =>
        (int)Math.Clamp(impact + rules.Sum(rule => (long)rule.Impact), 0, ImpactScale.MaxImpactLimit);

    /// <summary>Finds the edited postings of a term in a segment, or null if rules change none.</summary>
    public EditedPostings? Find(AtomicReader reader, Term term)
    {
        if (!GetRules(term.Field, term.Text).Any())
        {
            return null;
        }

        return reader is SegmentReader segment // a wrapped reader may expose other postings
            ? _segments.GetOrCreateValue(segment.CoreCacheKey).GetOrAdd(term, key => Read(reader, key))
            : Read(reader, term);
    }

    private EditedPostings? Read(AtomicReader reader, Term term)
    {
        var rules = ReadDocuments(reader, term);
        int[] documents = [.. rules.Keys];
        var stored = new int[documents.Length];
        new SegmentPostings(reader, term.Field, cache: null).TryOpenLookupCursor(term)?.Find(documents, stored);
        var changed = documents.Zip(stored, (document, impact) =>
                (Document: document, Stored: impact, Edited: Apply(impact, rules[document])))
            .Where(posting => posting.Edited != posting.Stored).ToList();
        return changed.Count == 0 ? null : new EditedPostings(
            [.. changed.Select(posting => posting.Document)], [.. changed.Select(posting => posting.Stored)],
            [.. changed.Select(posting => posting.Edited)], [.. changed.Select(posting => rules[posting.Document])]);
    }

    // The rules of each document of the segment. Deleted documents may share an id with a live one.
    private SortedDictionary<int, List<DocumentRule>> ReadDocuments(AtomicReader reader, Term term)
    {
        var found = new SortedDictionary<int, List<DocumentRule>>();
        var ids = new SegmentPostings(reader, idField, cache: null);
        foreach (var rules in GetRules(term.Field, term.Text).GroupBy(rule => rule.DocumentId, StringComparer.Ordinal))
        {
            var id = new Term(idField, rules.Key);
            var documents = ids.TrySeek(id)?.Docs(liveDocs: null, reuse: null, DocsFlags.NONE);
            while (documents is not null && documents.NextDoc() != DocIdSetIterator.NO_MORE_DOCS)
            {
                found[documents.DocID] = [.. found.GetValueOrDefault(documents.DocID, []), .. rules];
            }
        }

        return found;
    }
}
