namespace LuceneLsr.Storage.Cursors;

/// <summary>Reads the postings of a term that occurs in one document of the segment.</summary>
internal sealed class SinglePostingCursor(int document, int impact) : BlockCursor
{
    private bool _isRead;

    public override int NextDocument => _isRead ? NoMoreDocs : document;

    public override int Count => 1;

    public override int MaxImpact => impact;

    public override void Accumulate<T>(int start, int end, T consumer)
    {
        if (NextDocument < end)
        {
            _isRead = true;
            if (document >= start)
            {
                consumer.Add(document - start, impact);
            }
        }
    }

    public override int ReadBlock(int target, Span<int> documents, Span<int> impacts)
    {
        if (_isRead || document < target)
        {
            return 0;
        }

        _isRead = true;
        (documents[0], impacts[0]) = (document, impact);
        return 1;
    }

    public override void Find(ReadOnlySpan<int> documents, Span<int> impacts)
    {
        for (var i = 0; i < documents.Length; i++)
        {
            impacts[i] = documents[i] == document ? impact : 0;
        }
    }
}
