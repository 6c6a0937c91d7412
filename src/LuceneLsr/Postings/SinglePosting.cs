namespace LuceneLsr.Postings;

/// <summary>The only posting of a term in a segment.</summary>
internal sealed class SinglePosting(int document, int impact) : BlockCursor
{
    public override int NextDocument => IsRead ? int.MaxValue : document;

    public override int Count => 1;

    public override int LargestImpact => impact;

    private bool IsRead { get; set; }

    public override void Accumulate<T>(int start, int end, T into)
    {
        if (NextDocument < end)
        {
            IsRead = true;
            if (document >= start)
            {
                into.Add(document - start, impact);
            }
        }
    }

    public override int ReadBlock(int from, Span<int> documents, Span<int> impacts)
    {
        if (IsRead || document < from)
        {
            return 0;
        }

        IsRead = true;
        (documents[0], impacts[0]) = (document, impact);
        return 1;
    }
}
