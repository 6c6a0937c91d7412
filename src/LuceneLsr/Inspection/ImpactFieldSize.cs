using Lucene.Net.Index;
using Lucene.Net.Search;
using LuceneLsr.Storage;

namespace LuceneLsr.Inspection;

/// <summary>A term of a field of impacts and the size of its postings.</summary>
/// <param name="Term">The term.</param>
/// <param name="Postings">The number of documents that have it, deleted ones included.</param>
/// <param name="Bytes">
/// The size of its postings as the layout of Lucene's default codec defines it, computed from document numbers and
/// impacts.
/// </param>
/// <param name="MaxImpact">The largest impact.</param>
public sealed record TermSize(string Term, long Postings, long Bytes, int MaxImpact);

/// <summary>The sizes of the terms of a field of impacts.</summary>
/// <param name="Terms">The terms, in ordinal order.</param>
/// <param name="Histogram">The number of postings with each impact; the index is the impact.</param>
public sealed record ImpactFieldSize(IReadOnlyList<TermSize> Terms, IReadOnlyList<long> Histogram)
{
    /// <summary>Gets the number of postings.</summary>
    public long Postings => Terms.Sum(term => term.Postings);

    /// <summary>Gets the computed size of all postings.</summary>
    public long Bytes => Terms.Sum(term => term.Bytes);

    /// <summary>Reads all postings of a field.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="field">The field that holds the impacts.</param>
    public static ImpactFieldSize Read(IndexReader reader, string field)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(field);
        var sizes = new Dictionary<string, TermSize>(StringComparer.Ordinal);
        var histogram = new List<long>();
        foreach (var leaf in reader.Leaves)
        {
            for (var term = leaf.AtomicReader.GetTerms(field)?.GetEnumerator(); term?.MoveNext() == true;)
            {
                var name = term.Term.Utf8ToString();
                var size = Read(term, name, histogram);
                var known = sizes.GetValueOrDefault(name) ?? new(name, 0, 0, 0);
                sizes[name] = new(
                    name, known.Postings + size.Postings, known.Bytes + size.Bytes,
                    Math.Max(known.MaxImpact, size.MaxImpact));
            }
        }

        return new([.. sizes.Values.OrderBy(term => term.Term, StringComparer.Ordinal)], histogram);
    }

    private static TermSize Read(TermsEnum term, string name, List<long> histogram)
    {
        var (deltas, impacts) = (new List<int>(), new List<int>());
        var docs = term.OpenDocs();
        for (var last = 0; docs.NextDoc() != DocIdSetIterator.NO_MORE_DOCS; last = docs.DocID)
        {
            deltas.Add(docs.DocID - last);
            impacts.Add(docs.Freq);
            while (histogram.Count <= docs.Freq)
            {
                histogram.Add(0);
            }

            histogram[docs.Freq]++;
        }

        return new(name, deltas.Count, PostingSize.Compute(deltas, impacts), impacts.Count == 0 ? 0 : impacts.Max());
    }
}
