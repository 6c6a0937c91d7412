using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Util;
using LuceneLsr.Evaluation.Rankers;
using LuceneLsr.Playground.Messages;
using LuceneLsr.Search;

namespace LuceneLsr.Playground.Searching;

/// <summary>The products of query impact x document impact that add up to the scores of documents.</summary>
internal static class ImpactProducts
{
    /// <summary>Computes the products of each document, largest first.</summary>
    /// <param name="reader">The index reader.</param>
    /// <param name="query">The query, with the rules on documents.</param>
    /// <param name="documents">Lucene's numbers of the documents and their ids.</param>
    public static IReadOnlyDictionary<string, IReadOnlyList<Reason>> Compute(
        IndexReader reader, ImpactQuery query, IReadOnlyDictionary<int, string> documents)
    {
        int[] sorted = [.. documents.Keys.Order()];
        var impacts = sorted.ToDictionary(document => document, _ => new List<TermWeight>());
        foreach (var term in query.Terms)
        {
            foreach (var (document, impact) in FindImpacts(reader, term.Term, sorted))
            {
                impacts[document].Add(new(term.Term, impact));
            }
        }

        return impacts.ToDictionary(
            entry => documents[entry.Key], entry => Multiply(query, documents[entry.Key], new(entry.Value)),
            StringComparer.Ordinal);
    }

    private static IReadOnlyList<Reason> Multiply(ImpactQuery query, string id, SparseVector stored)
    {
        var edited = query.Rules?.EditDocument(query.Field, id, stored, ImpactScale.Identity) ?? stored;
        var (before, after) = (ToImpacts(stored), ToImpacts(edited));
        return [.. query.Terms.Where(term => after.ContainsKey(term.Term))
            .Select(term => (term.Term, Query: term.Impact, Document: after[term.Term],
                Stored: before.GetValueOrDefault(term.Term)))
            .Select(term => new Reason(
                term.Term, term.Query, term.Document, term.Stored == term.Document ? null : term.Stored,
                (double)term.Query * term.Document))
            .OrderByDescending(reason => reason.Score)];
    }

    private static Dictionary<string, int> ToImpacts(SparseVector vector) =>
        vector.Entries.ToDictionary(entry => entry.Term, entry => (int)entry.Weight, StringComparer.Ordinal);

    private static IEnumerable<(int Document, int Impact)> FindImpacts(IndexReader reader, string term, int[] sorted)
    {
        var postings = MultiFields.GetTermDocsEnum(
            reader, liveDocs: null, SparseIndex.ContentsField, new BytesRef(term), DocsFlags.FREQS);
        if (postings is null)
        {
            yield break;
        }

        foreach (var document in sorted)
        {
            if (postings.DocID < document && postings.Advance(document) == DocIdSetIterator.NO_MORE_DOCS)
            {
                yield break;
            }

            if (postings.DocID == document)
            {
                yield return (document, postings.Freq);
            }
        }
    }
}
