using Lucene.Net.Index;

namespace LuceneLsr.Storage.Cursors;

/// <summary>Reads whatever postings format the segment has, through Lucene's own interface.</summary>
internal sealed class DocsEnumCursor(DocsEnum docs, int count, int maxImpact) : PostingCursor
{
    private int _next = docs.NextDoc();

    public override int NextDocument => _next; // NO_MORE_DOCS is int.MaxValue

    public override int Count => count;

    public override int MaxImpact => maxImpact;

    public override void Accumulate<T>(int start, int end, T into)
    {
        if (_next < start)
        {
            _next = docs.Advance(start);
        }

        while (_next < end)
        {
            into.Add(_next - start, docs.Freq);
            _next = docs.NextDoc();
        }
    }

    public override void Find(ReadOnlySpan<int> documents, Span<int> impacts)
    {
        for (var at = 0; at < documents.Length; at++)
        {
            if (_next < documents[at])
            {
                _next = docs.Advance(documents[at]);
            }

            impacts[at] = _next == documents[at] ? docs.Freq : 0;
        }
    }
}
