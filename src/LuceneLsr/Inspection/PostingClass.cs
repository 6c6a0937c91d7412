using Lucene.Net.Index;
using Lucene.Net.Search;
using LuceneLsr.Storage;

namespace LuceneLsr.Inspection;

/// <summary>The postings of a field whose terms come into their documents in the same way.</summary>
/// <param name="Kind">How, or null if it is unknown, because the text of the document is not stored.</param>
/// <param name="Postings">The number of postings.</param>
/// <param name="Bytes">
/// Their part of the computed size of their terms, which is split evenly over a term's postings.
/// </param>
public sealed record PostingClass(TermKind? Kind, long Postings, double Bytes)
{
    private const int Unknown = -1;

    /// <summary>Classifies the postings of a field by the texts of the documents.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="field">The field that holds the impacts.</param>
    /// <param name="sizes">The sizes of its terms.</param>
    /// <param name="findOwnTerms">
    /// Returns the terms that the text of the document with a number contains, or null if that is unknown.
    /// </param>
    public static IReadOnlyList<PostingClass> Classify(
        IndexReader reader, string field, ImpactFieldSize sizes,
        Func<int, IReadOnlyDictionary<string, TermKind>?> findOwnTerms)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(field);
        ArgumentNullException.ThrowIfNull(sizes);
        ArgumentNullException.ThrowIfNull(findOwnTerms);
        var numbers = sizes.Terms.Index()
            .ToDictionary(term => term.Item.Term, term => term.Index, StringComparer.Ordinal);
        var kinds = Enumerable.Range(0, reader.MaxDoc)
            .Select(document => findOwnTerms(document)?.Where(term => numbers.ContainsKey(term.Key))
                .ToDictionary(term => numbers[term.Key], term => term.Value))
            .ToArray();
        var postings = new Dictionary<int, (long Count, double Bytes)>();
        foreach (var leaf in reader.Leaves)
        {
            for (var term = leaf.AtomicReader.GetTerms(field)?.GetEnumerator(); term?.MoveNext() == true;)
            {
                var number = numbers[term.Term.Utf8ToString()];
                var bytes = (double)sizes.Terms[number].Bytes / sizes.Terms[number].Postings;
                var docs = term.OpenDocs();
                while (docs.NextDoc() != DocIdSetIterator.NO_MORE_DOCS)
                {
                    var kind = kinds[leaf.DocBase + docs.DocID] is { } own
                        ? (int)own.GetValueOrDefault(number, TermKind.Expansion)
                        : Unknown;
                    var (count, sum) = postings.GetValueOrDefault(kind);
                    postings[kind] = (count + 1, sum + bytes);
                }
            }
        }

        return [.. postings.Select(entry => new PostingClass(
                entry.Key == Unknown ? null : (TermKind)entry.Key, entry.Value.Count, entry.Value.Bytes))
            .OrderByDescending(entry => entry.Postings)];
    }
}
