using Lucene.Net.Index;
using LuceneLsr.Postings;
using LuceneLsr.Storage;

namespace LuceneLsr.Search.Feedback;

/// <summary>Reads the impacts of documents back from the inverted index. No stored vectors are needed.</summary>
/// <remarks>
/// It walks the terms of each segment that has one of the documents, and looks the documents up in the postings of each
/// term. The time depends on the number of terms and hardly on that of documents, so read all documents in one call.
/// </remarks>
public static class DocumentImpacts
{
    /// <summary>Reads the impacts of documents.</summary>
    /// <param name="reader">The index reader.</param>
    /// <param name="field">The field that holds the impacts.</param>
    /// <param name="documents">Lucene's numbers of the documents, such as those of hits, deleted or not.</param>
    /// <param name="cache">
    /// The cache of postings, or null for <see cref="ImpactCache.Default"/>. Nothing is added to it.
    /// </param>
    /// <returns>
    /// For each of <paramref name="documents"/> a vector whose weights are impacts; empty if it lacks the field.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">The reader does not have one of the documents.</exception>
    /// <exception cref="CorruptIndexException">The index is corrupt.</exception>
    public static IReadOnlyList<SparseVector> Read(
        IndexReader reader, string field, IReadOnlyList<int> documents, ImpactCache? cache = null)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(field);
        ArgumentNullException.ThrowIfNull(documents);
        var vectorOf = new Dictionary<int, SparseVector>();
        foreach (var leaf in reader.Leaves)
        {
            int[] inLeaf = [.. FindInLeaf(documents, leaf)];
            var postings = new SegmentPostings(leaf.AtomicReader, field, cache ?? ImpactCache.Default);
            foreach (var (document, vector) in inLeaf.Zip(CorruptPostings.Detect(() => Read(postings, inLeaf))))
            {
                vectorOf.Add(leaf.DocBase + document, vector);
            }
        }

        return [.. documents.Select(document => vectorOf.TryGetValue(document, out var vector)
            ? vector
            : throw new ArgumentOutOfRangeException(
                nameof(documents), document, $"The index has no document {document}: it has {reader.MaxDoc}."))];
    }

    private static IEnumerable<int> FindInLeaf(IEnumerable<int> documents, AtomicReaderContext leaf) => documents
        .Select(document => document - leaf.DocBase)
        .Where(document => document >= 0 && document < leaf.Reader.MaxDoc)
        .Distinct().Order();

    private static SparseVector[] Read(SegmentPostings postings, int[] documents)
    {
        if (documents.Length == 0)
        {
            return [];
        }

        List<TermWeight>[] entries = [.. documents.Select(_ => new List<TermWeight>())];
        var impacts = new int[documents.Length];
        foreach (var (term, cursor) in postings.OpenLookupCursors())
        {
            cursor.Find(documents, impacts);
            for (var i = 0; i < impacts.Length; i++)
            {
                if (impacts[i] > 0)
                {
                    entries[i].Add(new(term.Utf8ToString(), impacts[i]));
                }
            }
        }

        return [.. entries.Select(vector => new SparseVector(vector))];
    }
}
