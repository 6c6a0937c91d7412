using System.Numerics;
using LuceneLsr.Storage.Cursors;

namespace LuceneLsr.Edits;

/// <summary>
/// Reads one term's postings with edits laid over them: an edited document has its edited impact instead of the stored
/// one. Document ranges without an edited document are read as they are.
/// </summary>
/// <param name="stored">The stored postings, or null if the segment does not have the term.</param>
/// <param name="edits">The edited postings.</param>
internal sealed class EditedPostingCursor(PostingCursor? stored, EditedPostings edits) : PostingCursor
{
    private const int DocumentsPerWord = 64;

    private int _next; // the first unread edit

    public override int NextDocument => Math.Min(
        stored?.NextDocument ?? NoMoreDocs, _next < edits.Documents.Length ? edits.Documents[_next] : NoMoreDocs);

    public override int Count => (stored?.Count ?? 0) + edits.Added;

    public override int MaxImpact => Math.Max(stored?.MaxImpact ?? 0, edits.MaxImpact);

    public override void Accumulate<T>(int start, int end, T consumer)
    {
        var first = FindAtOrAfter(start);
        _next = FindAtOrAfter(end);
        if (first == _next)
        {
            stored?.Accumulate(start, end, consumer);
            return;
        }

        if (stored is not null)
        {
            var edited = new ulong[((end - start - 1) / DocumentsPerWord) + 1];
            foreach (var document in edits.Documents.AsSpan(first.._next))
            {
                edited[(document - start) / DocumentsPerWord] |= 1UL << (document - start); // modulo 64
            }

            stored.Accumulate(start, end, new Unedited<T>(consumer, edited));
        }

        for (var edit = first; edit < _next; edit++)
        {
            if (edits.Impacts[edit] > 0)
            {
                consumer.Add(edits.Documents[edit] - start, edits.Impacts[edit]);
            }
        }
    }

    public override void Find(ReadOnlySpan<int> documents, Span<int> impacts)
    {
        impacts.Clear();
        stored?.Find(documents, impacts);
        for (var i = 0; i < documents.Length; i++)
        {
            var edit = edits.Find(documents[i]);
            impacts[i] = edit >= 0 ? edits.Impacts[edit] : impacts[i];
        }
    }

    public override void ReturnBuffers() => stored?.ReturnBuffers();

    private int FindAtOrAfter(int document)
    {
        var found = edits.Find(document);
        return found >= 0 ? found : ~found;
    }

    /// <summary>Passes on the postings of documents that are not edited.</summary>
    private readonly struct Unedited<T>(T consumer, ulong[] edited) : IPostingConsumer
        where T : struct, IPostingConsumer
    {
        public void Add(int localId, int impact)
        {
            if ((edited[localId / DocumentsPerWord] >> localId & 1) == 0)
            {
                consumer.Add(localId, impact);
            }
        }

        // Copies the row, because it is memory of the index or the cache.
        public void AddRow(ReadOnlyMemory<byte> impacts)
        {
            var row = impacts.ToArray();
            for (var word = 0; word < edited.Length; word++)
            {
                for (var bits = edited[word]; bits != 0; bits &= bits - 1)
                {
                    row[(word * DocumentsPerWord) + BitOperations.TrailingZeroCount(bits)] = 0;
                }
            }

            consumer.AddRow(row);
        }
    }
}
