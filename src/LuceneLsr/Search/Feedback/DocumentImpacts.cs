using Lucene.Net.Index;
using LuceneLsr.Edits;
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
    /// <param name="rules">The rules whose edits of documents are laid over the index, or null for none.</param>
    /// <returns>
    /// For each of <paramref name="documents"/> a vector whose weights are impacts; empty if it lacks the field.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">The reader does not have one of the documents.</exception>
    /// <exception cref="CorruptIndexException">The index is corrupt.</exception>
    public static IReadOnlyList<SparseVector> Read(
        IndexReader reader, string field, IReadOnlyList<int> documents, ImpactCache? cache = null,
        RelevanceRules? rules = null)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(field);
        ArgumentNullException.ThrowIfNull(documents);
        var vectorOf = new Dictionary<int, SparseVector>();
        foreach (var leaf in reader.Leaves)
        {
            int[] inLeaf = [.. FindInLeaf(documents, leaf)];
            var postings = new SegmentPostings(leaf.AtomicReader, field, cache ?? ImpactCache.Default);
            var impacts = CorruptPostings.Detect(() => Read(postings, inLeaf));
            Edit(impacts, leaf.AtomicReader, field, inLeaf, rules?.Documents);
            foreach (var (document, vector) in inLeaf.Zip(impacts.Select(ToVector)))
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

    private static Dictionary<string, int>[] Read(SegmentPostings postings, int[] documents)
    {
        if (documents.Length == 0)
        {
            return [];
        }

        Dictionary<string, int>[] read = [.. documents.Select(_ => new Dictionary<string, int>(StringComparer.Ordinal))];
        var impacts = new int[documents.Length];
        foreach (var (term, cursor) in postings.OpenLookupCursors())
        {
            cursor.Find(documents, impacts);
            for (var i = 0; i < impacts.Length; i++)
            {
                if (impacts[i] > 0)
                {
                    read[i].Add(term.Utf8ToString(), impacts[i]);
                }
            }
        }

        return read;
    }

    private static void Edit(
        Dictionary<string, int>[] impacts, AtomicReader reader, string field, int[] documents, DocumentEdits? edits)
    {
        foreach (var term in documents.Length == 0 ? [] : edits?.GetTerms(field) ?? [])
        {
            if (edits!.Find(reader, new Term(field, term)) is not { } postings)
            {
                continue;
            }

            foreach (var (index, document) in documents.Index())
            {
                if (postings.Find(document) is >= 0 and var edit)
                {
                    impacts[index][term] = postings.Impacts[edit]; // 0 for a term that the document loses
                }
            }
        }
    }

    private static SparseVector ToVector(Dictionary<string, int> impacts) =>
        new(impacts.Select(impact => new TermWeight(impact.Key, impact.Value)));
}
