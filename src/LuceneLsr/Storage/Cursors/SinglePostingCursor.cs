namespace LuceneLsr.Storage.Cursors;

/// <summary>The only posting of a term in a segment.</summary>
internal sealed class SinglePostingCursor(int document, int impact) : BlockCursor
{
    private bool _isRead;

    public override int NextDocument => _isRead ? int.MaxValue : document;

    public override int Count => 1;

    public override int MaxImpact => impact;

    public override void Accumulate<T>(int start, int end, T into)
    {
        if (NextDocument < end)
        {
            _isRead = true;
            if (document >= start)
            {
                into.Add(document - start, impact);
            }
        }
    }

    public override int ReadBlock(int from, Span<int> documents, Span<int> impacts)
    {
        if (_isRead || document < from)
        {
            return 0;
        }

        _isRead = true;
        (documents[0], impacts[0]) = (document, impact);
        return 1;
    }

    public override void Find(ReadOnlySpan<int> documents, Span<int> impacts)
    {
        for (var at = 0; at < documents.Length; at++)
        {
            impacts[at] = documents[at] == document ? impact : 0;
        }
    }
}
