using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Util;

namespace LuceneLsr.Search.Feedback;

/// <summary>
/// A filter that leaves documents out, such as those that a query for similar documents was made from.
/// </summary>
/// <param name="documents">Lucene's numbers of the documents, valid for one reader.</param>
public sealed class ExcludedDocuments(params IEnumerable<int> documents) : Filter
{
    private readonly int[] _documents = [.. documents ?? throw new ArgumentNullException(nameof(documents))];

    /// <inheritdoc/>
    public override DocIdSet GetDocIdSet(AtomicReaderContext context, IBits? acceptDocs)
    {
        ArgumentNullException.ThrowIfNull(context);
        var accepted = new FixedBitSet(context.Reader.MaxDoc);
        accepted.Set(0, accepted.Length);
        foreach (var document in _documents.Select(document => document - context.DocBase)
            .Where(document => document >= 0 && document < accepted.Length))
        {
            accepted.Clear(document);
        }

        return BitsFilteredDocIdSet.Wrap(accepted, acceptDocs);
    }
}
