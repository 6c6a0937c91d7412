using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Util;
using LuceneLsr.Evaluation.Rankers;
using LuceneLsr.Playground.Messages;

namespace LuceneLsr.Playground.Searching;

/// <summary>The products of query impact x document impact that add up to the scores of documents.</summary>
internal static class ImpactProducts
{
    /// <summary>Computes the products of each document, largest first.</summary>
    /// <param name="reader">The index reader.</param>
    /// <param name="query">The terms of the query.</param>
    /// <param name="documents">Lucene's numbers of the documents.</param>
    public static IReadOnlyDictionary<int, IReadOnlyList<Reason>> Compute(
        IndexReader reader, IReadOnlyList<TermImpact> query, IEnumerable<int> documents)
    {
        int[] sorted = [.. documents.Distinct().Order()];
        var products = sorted.ToDictionary(document => document, _ => new List<Reason>());
        foreach (var term in query)
        {
            foreach (var (document, impact) in FindImpacts(reader, term.Term, sorted))
            {
                products[document].Add(new(term.Term, term.Impact, impact, (double)term.Impact * impact));
            }
        }

        return products.ToDictionary(
            entry => entry.Key,
            entry => (IReadOnlyList<Reason>)[.. entry.Value.OrderByDescending(reason => reason.Score)]);
    }

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
